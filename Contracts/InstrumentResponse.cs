namespace Trading.Contracts;

/// <summary>An instrument as the API shows it.</summary>
/// <param name="Ticker">The unique symbol, upper case.</param>
/// <param name="Name">The name; the ticker where no name is known.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code of the listing.</param>
/// <param name="Sector">GICS sector; null where not known.</param>
/// <param name="Currency">ISO 4217 code of the prices.</param>
/// <param name="Exchange">ISO 10383 market identifier.</param>
/// <param name="Synthetic">True where the instrument is invented.</param>
/// <param name="FirstSession">Date of the first daily bar; null without bars.</param>
/// <param name="LastSession">Date of the last daily bar; null without bars.</param>
public sealed record InstrumentResponse(
    string Ticker,
    string Name,
    string Country,
    string? Sector,
    string Currency,
    string Exchange,
    bool Synthetic,
    DateOnly? FirstSession,
    DateOnly? LastSession);

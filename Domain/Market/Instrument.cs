namespace Trading.Domain.Market;

/// <summary>Something that has a price: a share, an index fund, a currency pair or a coin.</summary>
/// <param name="Id">The key that bars refer to; stable for the life of the database.</param>
/// <param name="Ticker">
/// The unique, upper-case symbol, 1 to 24 characters of A-Z, 0-9, '.', '-', '/', '^' or '='.
/// </param>
/// <param name="Name">The name that people know it by; the ticker where no name is known.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code of the listing, such as <c>US</c>.</param>
/// <param name="Sector">The GICS sector, or null where it is not known.</param>
/// <param name="Currency">ISO 4217 code of the prices, such as <c>USD</c>.</param>
/// <param name="Exchange">The <see cref="Market.Exchange.Code"/> whose sessions date the daily bars.</param>
/// <param name="Synthetic">True where the instrument is invented, as those of a fresh install are.</param>
public sealed record Instrument(
    int Id,
    string Ticker,
    string Name,
    string Country,
    string? Sector,
    string Currency,
    string Exchange,
    bool Synthetic);

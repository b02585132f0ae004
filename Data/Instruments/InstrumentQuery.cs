namespace Trading.Data.Instruments;

/// <summary>What to list; null is any.</summary>
/// <param name="Search">Part of the ticker or of the name, in any case.</param>
/// <param name="AfterTicker">The last ticker of the page before.</param>
public sealed record InstrumentQuery(
    string? Search = null,
    string? Country = null,
    string? Sector = null,
    string? AfterTicker = null,
    int Limit = 100);

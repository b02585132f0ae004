namespace Trading.Domain.Market;

/// <summary>A quote as it was published.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Time">When it was made, UTC.</param>
/// <param name="IsStale">Whether it was flagged as stale.</param>
public readonly record struct PublishedQuote(Quote Quote, DateTime Time, bool IsStale);

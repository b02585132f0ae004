namespace Trading.Contracts;

/// <summary>The latest quote of an instrument.</summary>
/// <param name="Ticker">The instrument's ticker.</param>
/// <param name="Price">Last price, in the instrument's currency.</param>
/// <param name="Change">Price less the previous close; null where there is none.</param>
/// <param name="ChangePercent">Change in percent of the previous close; null where there is none.</param>
/// <param name="Volume">Units traded in the session so far; null where not known.</param>
/// <param name="Timestamp">When the quote was made: seconds since 1970-01-01 UTC, with fraction.</param>
/// <param name="Seq">Number of the frame that brought it; grows, and never goes back.</param>
/// <param name="Open">First price of the session; null where not known.</param>
/// <param name="High">Highest price of the session; null where not known.</param>
/// <param name="Low">Lowest price of the session; null where not known.</param>
/// <param name="PreviousClose">Close of the session before; null where there is none.</param>
/// <param name="Source"><c>live</c>, <c>simulated</c> or <c>replay</c>.</param>
/// <param name="Synthetic">True where the price did not happen: simulated or replayed.</param>
/// <param name="Stale">True where the source is late: the quote is old, and nothing newer is known.</param>
/// <param name="AgeSeconds">How old a stale quote is, in seconds; null where it is not stale.</param>
public sealed record QuoteResponse(
    string Ticker,
    double Price,
    double? Change,
    double? ChangePercent,
    double? Volume,
    double Timestamp,
    long Seq,
    double? Open,
    double? High,
    double? Low,
    double? PreviousClose,
    string Source,
    bool Synthetic,
    bool Stale = false,
    double? AgeSeconds = null);

/// <summary>The answer to a batch of quotes.</summary>
/// <param name="Quotes">The quotes, in the order asked for, each ticker once.</param>
/// <param name="Missing">Known instruments that have no quote yet.</param>
public sealed record QuoteBatchResponse(IReadOnlyList<QuoteResponse> Quotes, IReadOnlyList<string> Missing);

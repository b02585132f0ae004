namespace Trading.Contracts;

/// <summary>A changed quote as the WebSocket sends it, <c>"type":"price_update"</c>.</summary>
/// <param name="Ticker">The instrument's ticker.</param>
/// <param name="Price">Last price, in the instrument's currency.</param>
/// <param name="Change">Price less the previous close; null where there is none.</param>
/// <param name="ChangePercent">Change in percent of the previous close; null where there is none.</param>
/// <param name="Volume">Units traded in the session so far; null where not known.</param>
/// <param name="Timestamp">When the quote was made: seconds since 1970-01-01 UTC, with fraction.</param>
/// <param name="Seq">Number of the frame that brought it; pass to <c>resume</c> after a lost connection.</param>
/// <param name="Stale">True where the source is late: the quote is old, and nothing newer is known.</param>
public sealed record PriceUpdate(
    string Ticker,
    double Price,
    double? Change,
    double? ChangePercent,
    double? Volume,
    double Timestamp,
    long Seq,
    bool Stale = false);

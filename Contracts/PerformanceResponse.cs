namespace Trading.Contracts;

/// <summary>How an instrument did in its newest session, at most a minute old.</summary>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Name">Its name.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
/// <param name="Sector">GICS sector, where known.</param>
/// <param name="Currency">The currency of its prices.</param>
/// <param name="Exchange">Where it is listed.</param>
/// <param name="Session">The newest session that has a daily bar, which may still be open.</param>
/// <param name="Close">Its close so far.</param>
/// <param name="PreviousClose">The close of the session before, in units of the newest where a split lies between; null where there is none.</param>
/// <param name="Change">The difference of both.</param>
/// <param name="ChangePercent">The same in percent of the previous close.</param>
/// <param name="MeanClose20">The mean of the last 20 closes, adjusted for splits; null where there are fewer.</param>
/// <param name="MeanVolume20">The mean volume of the last 20 sessions; null where there are fewer.</param>
/// <param name="Volume">Of the newest session so far.</param>
/// <param name="Synthetic">True where one of the two closes did not happen: invented, or replayed.</param>
public sealed record PerformanceResponse(
    string Ticker,
    string Name,
    string Country,
    string? Sector,
    string Currency,
    string Exchange,
    DateOnly Session,
    double Close,
    double? PreviousClose,
    double? Change,
    double? ChangePercent,
    double? MeanClose20,
    double? MeanVolume20,
    double Volume,
    bool Synthetic);

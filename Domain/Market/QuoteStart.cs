namespace Trading.Domain.Market;

/// <summary>Where an instrument's quotes take up: its last session as far as it is known.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="PreviousClose">Close of the session before <paramref name="LastSession"/>.</param>
/// <param name="LastSession">
/// The newest session, possibly still open; its <see cref="Bar.Time"/> says which, its close is the last price.
/// </param>
/// <param name="DailyVolume">Units that usually trade in a session.</param>
public sealed record QuoteStart(Instrument Instrument, double PreviousClose, Bar LastSession, double DailyVolume)
{
    /// <summary>What was published of it last, by whichever worker; null where that is not known.</summary>
    public PublishedQuote? Last { get; init; }
}

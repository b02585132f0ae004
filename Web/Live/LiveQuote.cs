using Trading.Contracts;

namespace Trading.Web.Live;

/// <summary>
/// The newest that is known of an instrument's session, put together from the batch answer and the stream.
/// </summary>
public sealed record LiveQuote(
    string Ticker,
    double Price,
    double? Change,
    double? ChangePercent,
    double? Volume,
    double? Open,
    double? High,
    double? Low,
    double? PreviousClose,
    DateTimeOffset Time,
    long Seq,
    string? Source,
    bool Synthetic,
    bool Stale = false)
{
    public static LiveQuote From(QuoteResponse quote) => new(
        quote.Ticker,
        quote.Price,
        quote.Change,
        quote.ChangePercent,
        quote.Volume,
        quote.Open,
        quote.High,
        quote.Low,
        quote.PreviousClose,
        TimeOf(quote.Timestamp),
        quote.Seq,
        quote.Source,
        quote.Synthetic,
        quote.Stale);

    /// <summary>
    /// An update of which no batch answer is known yet: what the update does not say stays unknown.
    /// </summary>
    public static LiveQuote From(PriceUpdate update) => new(
        update.Ticker,
        update.Price,
        update.Change,
        update.ChangePercent,
        update.Volume,
        Open: null,
        High: null,
        Low: null,
        update.Price - update.Change,
        TimeOf(update.Timestamp),
        update.Seq,
        Source: null,
        Synthetic: false,
        update.Stale);

    public LiveQuote With(PriceUpdate update)
    {
        // Volume never falls within a session: where it does, a new one has begun.
        var begins = update.Volume < Volume;
        return this with
        {
            Price = update.Price,
            Change = update.Change,
            ChangePercent = update.ChangePercent,
            Volume = update.Volume,
            Open = begins ? update.Price : Open,
            High = begins ? update.Price : Math.Max(High ?? update.Price, update.Price),
            Low = begins ? update.Price : Math.Min(Low ?? update.Price, update.Price),
            PreviousClose = begins ? update.Price - update.Change : PreviousClose,
            Time = TimeOf(update.Timestamp),
            Seq = update.Seq,
            Stale = update.Stale,
        };
    }

    public PriceUpdate ToUpdate() =>
        new(Ticker, Price, Change, ChangePercent, Volume, Time.ToUnixTimeMilliseconds() / 1000.0, Seq, Stale);

    private static DateTimeOffset TimeOf(double seconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
}

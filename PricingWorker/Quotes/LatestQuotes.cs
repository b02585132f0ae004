using Trading.Domain.Market;

namespace Trading.PricingWorker.Quotes;

/// <summary>
/// The newest quote of each instrument: what Redis is given again after an outage, and API replicas without Redis.
/// </summary>
internal sealed class LatestQuotes(FrameSequence sequence)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimedQuote> _quotes = [];

    public void Update(DateTime utc, BarSource source, bool stale, ReadOnlySpan<Quote> changed)
    {
        lock (_gate)
        {
            foreach (ref readonly var quote in changed)
            {
                _quotes[quote.Ticker] = new TimedQuote(quote, utc, source, stale);
            }
        }
    }

    public void Remove(IReadOnlyList<string> tickers)
    {
        lock (_gate)
        {
            foreach (var ticker in tickers)
            {
                _quotes.Remove(ticker);
            }
        }
    }

    /// <summary>Whether there are quotes of these alone.</summary>
    public bool AreOnlyOf(IReadOnlySet<string> tickers)
    {
        lock (_gate)
        {
            return _quotes.Keys.All(tickers.Contains);
        }
    }

    /// <summary>
    /// All of them, numbered as the last tick: one frame where they are invented, and one for each time where they
    /// happened, as that is when they were made. Always one at least.
    /// </summary>
    public IReadOnlyList<TickFrame> ToFrames()
    {
        lock (_gate)
        {
            if (_quotes.Count == 0)
            {
                return [FrameOf(DateTime.UnixEpoch, BarSource.Simulated, stale: false, [])];
            }

            return
            [
                .. from quote in _quotes.Values
                   let time = quote.Source.IsSynthetic() ? default : quote.Time
                   group quote by (quote.Source, quote.Stale, time) into alike
                   select FrameOf(
                       alike.Max(quote => quote.Time),
                       alike.Key.Source,
                       alike.Key.Stale,
                       [.. alike.Select(quote => quote.Quote)]),
            ];
        }
    }

    private TickFrame FrameOf(DateTime time, BarSource source, bool stale, Quote[] quotes)
    {
        var bytes = new byte[QuoteFrame.HeaderLength + (quotes.Length * QuoteFrame.MaxQuoteLength)];
        var length = QuoteFrame.Write(bytes, sequence.Last, time, source, quotes, stale);
        return new TickFrame(sequence.Last, quotes.Length, bytes[..length], []);
    }
}

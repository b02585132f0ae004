using Trading.Domain.Market;

namespace Trading.PricingWorker.Quotes;

/// <summary>
/// The newest quote of each instrument: what Redis is given again after an outage, and API replicas without Redis.
/// </summary>
internal sealed class LatestQuotes(FrameSequence sequence)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimedQuote> _quotes = [];
    private DateTime _time = DateTime.UnixEpoch;
    private BarSource _source = BarSource.Simulated;

    public void Update(DateTime utc, BarSource source, ReadOnlySpan<Quote> changed)
    {
        lock (_gate)
        {
            _time = utc;
            _source = source;
            foreach (ref readonly var quote in changed)
            {
                _quotes[quote.Ticker] = new TimedQuote(quote, utc);
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

    /// <summary>All of them as one frame, numbered as the last tick.</summary>
    public TickFrame ToFrame()
    {
        lock (_gate)
        {
            Quote[] quotes = [.. _quotes.Values.Select(latest => latest.Quote)];
            var bytes = new byte[QuoteFrame.HeaderLength + (quotes.Length * QuoteFrame.MaxQuoteLength)];
            var length = QuoteFrame.Write(bytes, sequence.Last, _time, _source, quotes);
            return new TickFrame(sequence.Last, quotes.Length, bytes[..length]);
        }
    }
}

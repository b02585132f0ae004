using Trading.Data.Bars;
using Trading.Domain.Market;
using Trading.PricingWorker.Quotes;

namespace Trading.PricingWorker.Sources;

/// <summary>
/// Finds where instruments take up: their last daily bar or, where it is newer, the quote that a worker before this one
/// left in Redis. That one may be a second ahead of the stored bar, and volume must not fall.
/// </summary>
internal sealed class QuoteStarts(BarStore bars, LatestHash hash)
{
    private const int Sessions = 20;

    public async Task<IReadOnlyList<QuoteStart>> LoadAsync(
        IReadOnlyList<Instrument> instruments, BarSource source, CancellationToken cancellationToken)
    {
        var left = await hash.ReadAsync(source, cancellationToken);
        var starts = new List<QuoteStart>(instruments.Count);
        foreach (var instrument in instruments)
        {
            var stored = await bars.ReadLastAsync(instrument.Id, BarInterval.OneDay, Sessions, cancellationToken);
            if (stored.Count > 0)
            {
                var start = FromBars(instrument, stored);
                starts.Add(left.TryGetValue(instrument.Ticker, out var quote)
                    ? Newer(start, stored[^1], quote)
                    : start);
            }
        }

        return starts;
    }

    private static QuoteStart FromBars(Instrument instrument, IReadOnlyList<StoredBar> stored)
    {
        var last = stored[^1].Bar;
        var previousClose = stored.Count > 1 ? stored[^2].Bar.Close : last.Open;
        return new QuoteStart(instrument, previousClose, last, stored.Average(session => session.Bar.Volume));
    }

    private static QuoteStart Newer(QuoteStart start, StoredBar stored, TimedQuote left)
    {
        if (!left.Quote.IsSound || !Exchange.TryFind(start.Instrument.Exchange, out var exchange))
        {
            return start;
        }

        var quote = left.Quote with { Ticker = start.Instrument.Ticker };
        start = start with { Last = new PublishedQuote(quote, left.Time, left.Stale) };
        var session = exchange.CloseOf(exchange.DateAt(left.Time));
        var ahead = session == stored.Bar.Time && stored.Source.IsSynthetic() && left.Quote.Volume >= stored.Bar.Volume;
        return session > stored.Bar.Time || ahead ? start with
        {
            PreviousClose = left.Quote.PreviousClose,
            LastSession = BarOf(session, left.Quote),
        }
        : start;
    }

    private static Bar BarOf(DateTime session, in Quote quote) =>
        new(session, quote.Open, quote.High, quote.Low, quote.Price, quote.Volume);
}

using System.Text;
using Trading.Data.Bars;
using Trading.Data.Instruments;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Bars;

/// <summary>
/// The bars that still move, one aggregator per instrument, each restored from the database when its first quote comes:
/// as nothing of it is unsaved then, its stored bars are those of the checkpoint.
/// </summary>
internal sealed class OpenBars(InstrumentStore instruments, BarStore bars, TimeProvider time)
{
    // Bars from a clock that was once wrong must not bar the way of today's.
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(2);

    private readonly Dictionary<string, InstrumentBars?> _byTicker = [];
    private readonly List<Bar> _minutes = [];
    private readonly List<Bar> _days = [];

    /// <summary>Restores the instruments of a frame that were not seen yet.</summary>
    public async Task PrepareAsync(byte[] frame, CancellationToken cancellationToken)
    {
        var unseen = Unseen(frame);
        if (unseen.Count == 0)
        {
            return;
        }

        var known = (await instruments.AllAsync(cancellationToken)).ToDictionary(instrument => instrument.Ticker);
        foreach (var ticker in unseen)
        {
            _byTicker[ticker] = known.TryGetValue(ticker, out var instrument)
                ? await RestoreAsync(instrument, cancellationToken)
                : null;
        }
    }

    /// <summary>Adds the quotes of a prepared frame and returns how many were of no use.</summary>
    public int Apply(byte[] frame, out DateTime? utc)
    {
        utc = null;
        if (!QuoteFrame.TryOpen(frame, out var header, out var reader))
        {
            return 1;
        }

        if (header.Stale)
        {
            return 0;
        }

        utc = header.Time;
        var discarded = 0;
        var byTicker = _byTicker.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> ticker = stackalloc char[QuoteFrame.MaxTickerLength];
        while (reader.MoveNext())
        {
            var length = Encoding.ASCII.GetChars(reader.Ticker, ticker);
            var used = byTicker.TryGetValue(ticker[..length], out var open)
                && open is not null && open.Aggregator.Apply(header.Time, reader.Current);
            discarded += used ? 0 : 1;
            if (used)
            {
                open!.Source = header.Source;
            }
        }

        return discarded;
    }

    /// <summary>Moves what changed into the two lists.</summary>
    public void TakeChanged(List<InstrumentBar> minutes, List<InstrumentBar> days)
    {
        foreach (var open in _byTicker.Values)
        {
            if (open is not null)
            {
                open.Aggregator.TakeChanged(_minutes, _days);
                Move(open, _minutes, minutes);
                Move(open, _days, days);
            }
        }
    }

    private static void Move(InstrumentBars open, List<Bar> from, List<InstrumentBar> to)
    {
        foreach (var bar in from)
        {
            to.Add(new InstrumentBar(open.Id, bar, open.Source));
        }

        from.Clear();
    }

    private List<string> Unseen(byte[] frame)
    {
        var unseen = new List<string>();
        if (!QuoteFrame.TryOpen(frame, out _, out var reader))
        {
            return unseen;
        }

        var byTicker = _byTicker.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> ticker = stackalloc char[QuoteFrame.MaxTickerLength];
        while (reader.MoveNext())
        {
            var length = Encoding.ASCII.GetChars(reader.Ticker, ticker);
            if (!byTicker.ContainsKey(ticker[..length]))
            {
                unseen.Add(ticker[..length].ToString());
            }
        }

        return unseen;
    }

    private async Task<InstrumentBars?> RestoreAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        if (!Exchange.TryFind(instrument.Exchange, out var exchange))
        {
            return null;
        }

        var days = await LastAsync(instrument.Id, BarInterval.OneDay, 1, cancellationToken);
        var minutes = await LastAsync(instrument.Id, BarInterval.OneMinute, 2, cancellationToken);
        var open = new InstrumentBars(instrument.Id, new BarAggregator(new SessionClock(exchange)));
        open.Aggregator.Restore(days.Length > 0 ? days[0] : null, minutes);
        return open;
    }

    private async Task<Bar[]> LastAsync(
        int instrumentId, BarInterval interval, int count, CancellationToken cancellationToken)
    {
        var latest = time.GetUtcNow().UtcDateTime + FurthestAhead;
        var stored = await bars.ReadLastAsync(instrumentId, interval, count, cancellationToken);
        return [.. stored.Select(bar => bar.Bar).Where(bar => bar.Time <= latest)];
    }

    private sealed class InstrumentBars(int id, BarAggregator aggregator)
    {
        public int Id => id;

        public BarAggregator Aggregator => aggregator;

        public BarSource Source { get; set; }
    }
}

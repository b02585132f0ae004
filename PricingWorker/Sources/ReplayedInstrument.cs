using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

/// <summary>One instrument of a <see cref="ReplaySource"/>: its stored bars, and the quote that they are at.</summary>
internal sealed class ReplayedInstrument
{
    /// <summary>Open, first extreme, second extreme, close.</summary>
    public const int Steps = 4;

    private readonly SessionClock _clock;
    private readonly Dictionary<DateOnly, int> _index = [];
    private readonly List<Bar> _bars;
    private DateTime _today;
    private double _volume;
    private Quote _quote;
    private bool _changed;

    public ReplayedInstrument(QuoteStart start, Exchange exchange, List<Bar> bars)
    {
        Ticker = start.Instrument.Ticker;
        _clock = new SessionClock(exchange);
        _bars = bars;
        for (var i = 0; i < bars.Count; i++)
        {
            _index[exchange.DateAt(bars[i].Time.AddTicks(-1))] = i;
        }

        // What was played earlier today counts: within a session volume never falls.
        _today = start.LastSession.Time;
        _volume = start.LastSession.Volume;
    }

    public string Ticker { get; }

    public IEnumerable<DateOnly> Sessions => _index.Keys;

    public void Play(DateOnly session, int step, DateTime utc)
    {
        if (!_index.TryGetValue(session, out var index))
        {
            return;
        }

        var bar = _bars[index];
        var price = PriceAt(bar, step);
        var previousClose = index > 0 ? _bars[index - 1].Close : bar.Open;
        var open = step == 0 || _quote.Ticker is null
            ? new Quote(Ticker, price, previousClose, bar.Open, bar.Open, bar.Open, 0)
            : _quote;
        _quote = open with
        {
            Price = price,
            High = Math.Max(open.High, price),
            Low = Math.Min(open.Low, price),
            Volume = AddVolume(bar.Volume / Steps, utc),
        };
        _changed = true;
    }

    public bool TryTakeChanged(out Quote quote)
    {
        quote = _quote;
        var changed = _changed;
        _changed = false;
        return changed;
    }

    private static double PriceAt(in Bar bar, int step)
    {
        var lowFirst = bar.Close >= bar.Open;
        return step switch
        {
            0 => bar.Open,
            1 => lowFirst ? bar.Low : bar.High,
            2 => lowFirst ? bar.High : bar.Low,
            _ => bar.Close,
        };
    }

    private double AddVolume(double units, DateTime utc)
    {
        var today = _clock.CloseAt(utc);
        _volume = today > _today ? units : _volume + units;
        _today = today > _today ? today : _today;
        return _volume;
    }
}

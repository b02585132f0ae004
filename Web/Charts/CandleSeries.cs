using Trading.Contracts;
using Trading.Web.Live;

namespace Trading.Web.Charts;

/// <summary>The candles of one instrument and interval, the last of which moves with the live price.</summary>
/// <param name="interval">The length of the candles.</param>
/// <param name="exchange">The exchange's zone.</param>
public sealed class CandleSeries(ChartInterval interval, TimeZoneInfo exchange)
{
    private readonly ChartClock _clock = new(interval, exchange);
    private readonly List<Candle> _candles = [];
    private double? _sessionVolume;

    public ChartInterval Interval => interval;

    public IReadOnlyList<Candle> Candles => _candles;

    /// <summary>Puts older bars before the candles there are; returns those that were new.</summary>
    public IReadOnlyList<Candle> Prepend(IEnumerable<BarResponse> bars)
    {
        var first = _candles.Count > 0 ? _candles[0].Time : long.MaxValue;
        var older = bars.Select(bar => Candle.From(bar, _clock)).Where(candle => candle.Time < first).ToList();
        _candles.InsertRange(0, older);
        return older;
    }

    /// <summary>
    /// Takes stored bars in place of the candles of the same time: what is stored knows more than what was seen here.
    /// </summary>
    public void Replace(IEnumerable<BarResponse> bars)
    {
        foreach (var candle in bars.Select(bar => Candle.From(bar, _clock)))
        {
            var at = _candles.FindLastIndex(known => known.Time <= candle.Time);
            if (at >= 0 && _candles[at].Time == candle.Time)
            {
                _candles[at] = candle;
            }
            else
            {
                _candles.Insert(at + 1, candle);
            }
        }
    }

    /// <summary>Moves the last candle, or opens a new one.</summary>
    /// <returns>The candle as it is now; null where the price is older than the last candle.</returns>
    public Candle? Apply(LiveQuote quote)
    {
        var time = _clock.OfPrice(quote.Time);
        var traded = Math.Max(0, (quote.Volume - _sessionVolume) ?? 0);
        _sessionVolume = quote.Volume ?? _sessionVolume;
        if (_candles.Count == 0 || _candles[^1].Time < time)
        {
            _candles.Add(Opened(quote, time, traded));
        }
        else if (_candles[^1].Time == time)
        {
            _candles[^1] = Moved(_candles[^1], quote, traded);
        }
        else
        {
            return null;
        }

        return _candles[^1];
    }

    private Candle Opened(LiveQuote quote, long time, double traded)
    {
        var opened = new Candle(time, quote.Price, quote.Price, quote.Price, quote.Price, traded)
        {
            Synthetic = quote.Synthetic,
        };
        return interval.IsDaily ? Moved(opened with { Open = quote.Open ?? quote.Price }, quote, traded) : opened;
    }

    private Candle Moved(Candle candle, LiveQuote quote, double traded)
    {
        // The quote's range is the session's: it bounds a daily candle, not a minute's.
        var (high, low) = interval.IsDaily ? (quote.High, quote.Low) : (null, null);
        return candle with
        {
            High = Math.Max(Math.Max(candle.High, quote.Price), high ?? quote.Price),
            Low = Math.Min(Math.Min(candle.Low, quote.Price), low ?? quote.Price),
            Close = quote.Price,
            Synthetic = candle.Synthetic || quote.Synthetic,
            Volume = interval.IsDaily ? quote.Volume ?? candle.Volume : candle.Volume + traded,
        };
    }
}

using Trading.Contracts;
using Trading.Web.Instruments;

namespace Trading.Web.Charts;

/// <summary>Reads the bars of one instrument into series, the newest window first and older ones on demand.</summary>
public sealed class BarHistory(TradingClient client, InstrumentResponse instrument, TimeProvider time)
{
    private const int PageSize = 1000;

    /// <summary>
    /// Fewer daily bars than this in the newest window, and the whole history is read: it has a long gap.
    /// </summary>
    private const int Enough = 300;

    private readonly Dictionary<ChartInterval, DateTime> _readFrom = [];

    private DateTime First => instrument.FirstSession?.ToDateTime(TimeOnly.MinValue) ?? DateTime.MaxValue;

    /// <summary>False once the oldest bars of the interval have been read.</summary>
    public bool HasOlder(ChartInterval interval) => _readFrom.TryGetValue(interval, out var from) && from > First;

    public async Task<CandleSeries> LatestAsync(ChartInterval interval, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var from = now - interval.Window;
        var bars = await ReadAsync(interval, from, null, cancellationToken);
        if (interval.IsDaily && bars.Count < Enough && from > First)
        {
            from = First;
            bars = await ReadAsync(interval, null, null, cancellationToken);
        }

        _readFrom[interval] = from;
        var series = new CandleSeries(interval, ExchangeZone.Of(instrument.Exchange));
        series.Prepend(bars);
        return series;
    }

    /// <summary>
    /// Reads the window before the oldest candle; for a daily series, all that is left where asked for.
    /// </summary>
    public async Task<IReadOnlyList<Candle>> OlderAsync(
        CandleSeries series, bool everything, CancellationToken cancellationToken)
    {
        if (!HasOlder(series.Interval))
        {
            return [];
        }

        var to = _readFrom[series.Interval];
        var from = everything ? First : to - series.Interval.Window;
        var bars = await ReadAsync(series.Interval, from, to, cancellationToken);

        // Minutes begin with the recording, not with the first session: an empty window is before them.
        _readFrom[series.Interval] = bars.Count == 0 && !series.Interval.IsDaily ? DateTime.MinValue : from;
        return series.Prepend(bars);
    }

    /// <summary>Reads again what may have changed or been missed since the last stored candles.</summary>
    public async Task RefreshAsync(CandleSeries series, CancellationToken cancellationToken)
    {
        var few = series.Interval.Length * 5;
        var from = time.GetUtcNow().UtcDateTime - (few > TimeSpan.FromHours(1) ? few : TimeSpan.FromHours(1));
        series.Replace(await ReadAsync(series.Interval, from, null, cancellationToken));
    }

    private async Task<IReadOnlyList<BarResponse>> ReadAsync(
        ChartInterval interval, DateTime? from, DateTime? to, CancellationToken cancellationToken)
    {
        var query = new BarQuery { Interval = interval.Code, Limit = PageSize }.Between(from, to);
        var bars = new List<BarResponse>();
        await foreach (var bar in client.GetBarsAsync(instrument.Ticker, query, cancellationToken))
        {
            bars.Add(bar);
        }

        return bars;
    }
}

using Trading.Domain.Indicators;
using Trading.Domain.Strategies;

namespace Trading.Domain.Signals;

/// <summary>What the generator reads over a whole history, a column for each indicator.</summary>
internal sealed class SignalColumns
{
    private const int ObvBars = 20;
    private const int VolumeBars = 20;
    private const int RangeBars = 100;

    private readonly PriceHistory _history;
    private readonly double[][] _columns = new double[24][];

    public SignalColumns(PriceHistory history)
    {
        _history = history;
        for (var column = 0; column < _columns.Length; column++)
        {
            _columns[column] = new double[history.Count];
        }

        ComputeTrend();
        ComputeMomentum();
        ComputeVolume();
        ComputeRatios();
        HigherInterval.Compute(history.Times.Span, history.Close.Span, _columns[23]);
    }

    public SignalReading this[int bar]
    {
        get
        {
            var columns = _columns;
            return new SignalReading(
                _history.Open.Span[bar],
                _history.Close.Span[bar],
                _history.Volume.Span[bar],
                columns[0][bar],
                columns[1][bar],
                columns[2][bar],
                columns[3][bar],
                columns[4][bar],
                columns[5][bar],
                columns[8][bar],
                columns[10][bar],
                columns[11][bar],
                columns[12][bar],
                columns[14][bar],
                ZOf(bar, 15, 2),
                ZOf(bar, 17, 1),
                columns[19][bar],
                columns[20][bar],
                columns[21][bar],
                columns[13][bar],
                columns[22][bar],
                columns[23][bar]);
        }
    }

    private void ComputeTrend()
    {
        var high = _history.High.Span;
        var low = _history.Low.Span;
        var close = _history.Close.Span;
        Ema.Compute(close, 8, _columns[0]);
        Ema.Compute(close, 21, _columns[1]);
        Ema.Compute(close, 50, _columns[2]);
        Adx.Compute(high, low, close, 14, _columns[3], _columns[4], _columns[5]);
        Macd.Compute(close, 12, 26, 9, _columns[6], _columns[7], _columns[8]);
        Supertrend.Compute(high, low, close, 10, 3, _columns[9], _columns[10]);
    }

    private void ComputeMomentum()
    {
        var high = _history.High.Span;
        var low = _history.Low.Span;
        var close = _history.Close.Span;
        var unused = _columns[23];
        Rsi.Compute(close, 14, _columns[11]);
        Stochastic.Compute(high, low, close, 14, 3, 3, _columns[12], unused);
        Atr.Compute(high, low, close, 14, _columns[13]);
        Roc.Compute(close, 10, _columns[14]);
        BollingerBands.Compute(close, 20, 2, _columns[15], _columns[16], unused);
        BollingerBands.Compute(close, 50, 1, _columns[17], _columns[18], unused);
    }

    private void ComputeVolume()
    {
        var high = _history.High.Span;
        var low = _history.Low.Span;
        var close = _history.Close.Span;
        var volume = _history.Volume.Span;
        Mfi.Compute(high, low, close, volume, 14, _columns[21]);
        var (signed, all) = (0.0, 0.0);
        // Windows of their own rather than differences of OBV: what is left of a huge volume ends with its window.
        for (var bar = 0; bar < volume.Length; bar++)
        {
            (signed, all) = bar < ObvBars ? (double.NaN, double.NaN) : FlowOf(close, volume, bar);
            _columns[19][bar] = all > 0 ? signed / all : double.NaN;
        }
    }

    private static (double Signed, double All) FlowOf(ReadOnlySpan<double> close, ReadOnlySpan<double> volume, int bar)
    {
        var (signed, all) = (0.0, 0.0);
        for (var index = bar - ObvBars + 1; index <= bar; index++)
        {
            var change = close[index] - close[index - 1];
            signed += change > 0 ? volume[index] : change < 0 ? -volume[index] : 0;
            all += volume[index];
        }

        return (signed, all);
    }

    private void ComputeRatios()
    {
        var close = _history.Close.Span;
        var volume = _history.Volume.Span;
        var volumes = new SortedWindow(VolumeBars);
        var ranges = new SortedWindow(RangeBars);
        for (var bar = 0; bar < volume.Length; bar++)
        {
            var median = volumes.IsFull ? volumes.Median : double.NaN;
            _columns[20][bar] = median > 0 ? volume[bar] / median : double.NaN;
            volumes.Add(volume[bar]);
            var range = _columns[13][bar] / close[bar];
            _columns[22][bar] = ranges.IsFull && ranges.Median > 0 ? range / ranges.Median : double.NaN;
            ranges.Add(range);
        }
    }

    /// <summary>Bands of <paramref name="deviations"/> standard deviations, the middle and then the upper.</summary>
    private double ZOf(int bar, int column, double deviations)
    {
        var deviation = (_columns[column + 1][bar] - _columns[column][bar]) / deviations;
        return deviation > 0 ? (_history.Close.Span[bar] - _columns[column][bar]) / deviation : double.NaN;
    }
}

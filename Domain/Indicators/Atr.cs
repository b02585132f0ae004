using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Average true range (Wilder, 1978): Wilder's mean of the distance between the higher of high and close before, and
/// the lower of low and close before; in the price's unit. The first bar has no close before and no true range. First
/// at index period.
/// </summary>
public static class Atr
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<AtrCore, HighLowClose, double>(
        "atr", "Average true range", arguments => new AtrCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
        Parameters = [Period],
        Outputs = ["atr"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="atr">Receives the values, NaN before the first; apart from the inputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        Span<double> atr) =>
        IndicatorBatch.Run<AtrCore, HighLowClose, double>(
            new AtrCore(period), new(high, low, close, count: 3), new(atr));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    public static IndicatorStream<HighLowClose, double> Stream(int period) =>
        new CoreStream<AtrCore, HighLowClose, double>(new AtrCore(period));
}

internal struct AtrCore(int period) : IIndicatorCore<AtrCore, HighLowClose, double>
{
    private readonly long _period = Atr.Period.Check(period);
    private ExponentialMean _range = ExponentialMean.OfWilder(period);
    private double _before = double.NaN;

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 10 * (int)_period;

    public readonly int FirstIndex(int output) => (int)_period;

    public double Update(HighLowClose bar, Span<double> window)
    {
        var before = _before;
        _before = bar.Close;
        return double.IsNaN(before) ? double.NaN : _range.Update(bar.TrueRange(before));
    }

    public static void Compute(AtrCore core, InputColumns inputs, OutputColumns outputs)
    {
        var kernel = new Kernel(core, inputs, outputs.First);
        IndicatorBatch.Tiles(ref kernel, inputs, outputs);
    }

    /// <summary>The true ranges of a tile, and then their mean in their place.</summary>
    private ref struct Kernel(AtrCore start, InputColumns inputs, Span<double> atr) : ITileKernel
    {
        private readonly InputColumns _inputs = inputs;
        private readonly Span<double> _atr = atr;
        private ExponentialMean _range;
        private int _start;

        public void Restart(int bar)
        {
            _range = start._range;
            _start = bar;
        }

        public void Run(int from, int to)
        {
            if (from == _start)
            {
                _atr[from] = double.NaN;
                from++;
            }

            var ranges = _atr[from..to];
            if (ranges.Length > 0)
            {
                var before = _inputs[2][(from - 1)..(to - 1)];
                Elementwise.TrueRange(_inputs[0][from..to], _inputs[1][from..to], before, ranges);
                _range.Update(ranges, ranges);
            }
        }
    }
}

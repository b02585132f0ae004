using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Money flow index (Quong and Soudack, 1989): the share of the money (typical price times volume) that flowed on
/// bars whose typical price rose in that of all bars where it changed, of the last <c>period</c>; 0 to 100. First at
/// index period. Undefined while none flowed.
/// </summary>
public static class Mfi
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<MfiCore, HighLowCloseVolume, double>(
        "mfi", "Money flow index", arguments => new MfiCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close, IndicatorInput.Volume],
        Parameters = [Period],
        Outputs = ["mfi"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="volume">Units traded.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="mfi">Receives the values, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        ReadOnlySpan<double> volume,
        int period,
        Span<double> mfi) =>
        IndicatorBatch.Run<MfiCore, HighLowCloseVolume, double>(
            new MfiCore(period), new(high, low, close, volume, count: 4), new(mfi));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowCloseVolume, double> Stream(int period = 14) =>
        new CoreStream<MfiCore, HighLowCloseVolume, double>(new MfiCore(period));
}

internal struct MfiCore(int period) : IIndicatorCore<MfiCore, HighLowCloseVolume, double>
{
    private readonly long _period = Mfi.Period.Check(period);
    private WindowSum _inflow = new(period);
    private WindowSum _outflow = new(period);
    private double _before = double.NaN;

    public readonly int WindowLength => 2 * (int)_period;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period;

    public double Update(HighLowCloseVolume bar, Span<double> window)
    {
        var price = bar.TypicalPrice;
        var before = _before;
        _before = price;
        if (double.IsNaN(before))
        {
            return double.NaN;
        }

        var flow = price * bar.Volume;
        var inflow = _inflow.Mean(price > before ? flow : 0, window);
        var outflow = _outflow.Mean(price < before ? flow : 0, window[(int)_period..]);
        return 100 * (inflow / (inflow + outflow));
    }
}

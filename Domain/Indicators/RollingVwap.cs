using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Volume-weighted average price of the last <c>period</c> bars: the typical prices (of high, low and close) weighted
/// by the volumes; in the price's unit. First at index period - 1. Undefined while nothing was traded.
/// </summary>
public static class RollingVwap
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } =
        new CoreDefinition<RollingVwapCore, HighLowCloseVolume, double>(
            "vwap", "Volume-weighted average price", arguments => new RollingVwapCore((int)arguments[0]))
        {
            Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close, IndicatorInput.Volume],
            Parameters = [Period],
            Outputs = ["vwap"],
        };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="volume">Units traded.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="vwap">Receives the averages, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        ReadOnlySpan<double> volume,
        int period,
        Span<double> vwap) =>
        IndicatorBatch.Run<RollingVwapCore, HighLowCloseVolume, double>(
            new RollingVwapCore(period), new(high, low, close, volume, count: 4), new(vwap));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowCloseVolume, double> Stream(int period = 20) =>
        new CoreStream<RollingVwapCore, HighLowCloseVolume, double>(new RollingVwapCore(period));
}

internal struct RollingVwapCore(int period) : IIndicatorCore<RollingVwapCore, HighLowCloseVolume, double>
{
    private readonly long _period = RollingVwap.Period.Check(period);
    private WindowSum _value = new(period);
    private WindowSum _volume = new(period);

    public readonly int WindowLength => 2 * (int)_period;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public double Update(HighLowCloseVolume bar, Span<double> window)
    {
        var value = _value.Mean(bar.TypicalPrice * bar.Volume, window);
        return value / _volume.Mean(bar.Volume, window[(int)_period..]);
    }
}

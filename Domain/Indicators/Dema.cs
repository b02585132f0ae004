using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Double exponential moving average (Mulloy, 1994): twice the EMA less the EMA of the EMA, which takes out some of
/// its lag; in the source's unit. First at index 2 * (period - 1).
/// </summary>
public static class Dema
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<DemaCore, double, double>(
        "dema", "Double exponential moving average", arguments => new DemaCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period],
        Outputs = ["dema"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="average">Receives the averages, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, Span<double> average) =>
        IndicatorBatch.Run<DemaCore, double, double>(
            new DemaCore(period), new(source), new(average));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period = 20) =>
        new CoreStream<DemaCore, double, double>(new DemaCore(period));
}

internal struct DemaCore(int period) : IIndicatorCore<DemaCore, double, double>
{
    private readonly long _period = Dema.Period.Check(period);
    private ExponentialMean _first = ExponentialMean.OfPeriod(period);
    private ExponentialMean _second = ExponentialMean.OfPeriod(period);

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 20 * (int)_period;

    public readonly int FirstIndex(int output) => 2 * ((int)_period - 1);

    public double Update(double bar, Span<double> window)
    {
        var first = _first.Update(bar);
        return double.IsNaN(first) ? double.NaN : (2 * first) - _second.Update(first);
    }
}

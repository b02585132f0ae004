using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Weighted moving average: the mean of the last <c>period</c> values, the newest weighing the period, the one before
/// one less, the oldest 1; in their unit. First at index period - 1.
/// </summary>
public static class Wma
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<WmaCore, double, double>(
        "wma", "Weighted moving average", arguments => new WmaCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period],
        Outputs = ["wma"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="average">Receives the averages, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, Span<double> average) =>
        IndicatorBatch.Run<WmaCore, double, double>(
            new WmaCore(period), new(source), new(average));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period = 20) =>
        new CoreStream<WmaCore, double, double>(new WmaCore(period));
}

internal struct WmaCore(int period) : IIndicatorCore<WmaCore, double, double>
{
    private readonly long _period = Wma.Period.Check(period);
    private WindowWeights _sums = new(period);

    public readonly int WindowLength => _sums.WindowLength;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public double Update(double bar, Span<double> window)
    {
        var (_, weighted) = _sums.Update(bar, window);
        return Math.FusedMultiplyAdd(weighted, 2.0 / (_period * (_period + 1)), _sums.Shift);
    }
}

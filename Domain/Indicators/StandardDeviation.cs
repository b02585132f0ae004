using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Standard deviation of the last <c>period</c> values about their mean, of the population (divided by the period);
/// in their unit. First at index period - 1.
/// </summary>
public static class StandardDeviation
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<StandardDeviationCore, double, double>(
        "standard_deviation", "Standard deviation", arguments => new StandardDeviationCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period],
        Outputs = ["standard_deviation"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="deviation">Receives the deviations, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, Span<double> deviation) =>
        IndicatorBatch.Run<StandardDeviationCore, double, double>(
            new StandardDeviationCore(period), new(source), new(deviation));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period = 20) =>
        new CoreStream<StandardDeviationCore, double, double>(new StandardDeviationCore(period));
}

internal struct StandardDeviationCore(int period) : IIndicatorCore<StandardDeviationCore, double, double>
{
    private readonly long _period = StandardDeviation.Period.Check(period);
    private WindowMoments _moments = new(period);

    public readonly int WindowLength => _moments.WindowLength;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public double Update(double bar, Span<double> window) =>
        Math.Sqrt(_moments.Update(bar, window).SquaredDifferences / _period);
}

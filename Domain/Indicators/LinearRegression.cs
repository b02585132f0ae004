using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Linear regression: where the straight line of least squares through the last <c>period</c> values is at the newest
/// bar; in their unit. That is three times the weighted less twice the plain mean. First at index period - 1.
/// </summary>
public static class LinearRegression
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14, 2);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<LinearRegressionCore, double, double>(
        "linear_regression", "Linear regression", arguments => new LinearRegressionCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period],
        Outputs = ["linear_regression"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 2 to 10,000.</param>
    /// <param name="line">Receives the values, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, Span<double> line) =>
        IndicatorBatch.Run<LinearRegressionCore, double, double>(
            new LinearRegressionCore(period), new(source), new(line));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 2 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period = 14) =>
        new CoreStream<LinearRegressionCore, double, double>(new LinearRegressionCore(period));
}

internal struct LinearRegressionCore(int period) : IIndicatorCore<LinearRegressionCore, double, double>
{
    private readonly long _period = LinearRegression.Period.Check(period);
    private WindowWeights _sums = new(period);

    public readonly int WindowLength => _sums.WindowLength;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public double Update(double bar, Span<double> window)
    {
        var (plain, weighted) = _sums.Update(bar, window);
        return _sums.Shift + ((6 * weighted / (_period + 1)) - (2 * plain)) / _period;
    }
}

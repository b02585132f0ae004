using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Realised volatility: the sample standard deviation (divided by period - 1) of the last <c>period</c> simple
/// returns, times the root of the bars in a year; a fraction a year. First at index period. Undefined from a value of
/// 0 until it has left.
/// </summary>
public static class RealisedVolatility
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20, 2);
    internal static readonly IndicatorParameter BarsPerYear =
        IndicatorParameter.Number("bars_per_year", 252, 1, 600000);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<RealisedVolatilityCore, double, double>(
        "realised_volatility",
        "Realised volatility",
        arguments => new RealisedVolatilityCore((int)arguments[0], arguments[1]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period, BarsPerYear],
        Outputs = ["realised_volatility"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 2 to 10,000.</param>
    /// <param name="barsPerYear">Bars in a year: 252 for daily bars of shares, 365 of coins; 1 to 600,000.</param>
    /// <param name="volatility">Receives the volatilities, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, double barsPerYear, Span<double> volatility) =>
        IndicatorBatch.Run<RealisedVolatilityCore, double, double>(
            new RealisedVolatilityCore(period, barsPerYear), new(source), new(volatility));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 2 to 10,000.</param>
    /// <param name="barsPerYear">Bars in a year: 252 for daily bars of shares, 365 of coins; 1 to 600,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period = 20, double barsPerYear = 252) =>
        new CoreStream<RealisedVolatilityCore, double, double>(new RealisedVolatilityCore(period, barsPerYear));
}

internal struct RealisedVolatilityCore(int period, double barsPerYear)
    : IIndicatorCore<RealisedVolatilityCore, double, double>
{
    private readonly long _period = RealisedVolatility.Period.Check(period);
    private readonly double _barsPerYear = RealisedVolatility.BarsPerYear.Check(barsPerYear);
    private WindowMoments _moments = new(period);
    private double _before = double.NaN;

    public readonly int WindowLength => _moments.WindowLength;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period;

    public double Update(double bar, Span<double> window)
    {
        var change = (bar / _before) - 1;
        _before = bar;
        if (!double.IsFinite(change))
        {
            _moments = new WindowMoments((int)_period);
            return double.NaN;
        }

        return Math.Sqrt(_moments.Update(change, window).SquaredDifferences / (_period - 1) * _barsPerYear);
    }
}

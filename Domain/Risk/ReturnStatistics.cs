namespace Trading.Domain.Risk;

/// <summary>What a series of simple returns is like; null where undefined.</summary>
public readonly record struct ReturnStatistics
{
    private readonly double _meanExcess;
    private readonly double _deviation;
    private readonly double _downside;
    private readonly int _periodsPerYear;

    /// <summary>Measures returns.</summary>
    /// <param name="returns">The returns of days, or of other periods; fractions.</param>
    /// <param name="riskFreeRate">The risk-free rate a year.</param>
    /// <param name="periodsPerYear">How many periods there are a year.</param>
    public ReturnStatistics(ReadOnlySpan<double> returns, double riskFreeRate, int periodsPerYear)
    {
        Count = returns.Length;
        _periodsPerYear = periodsPerYear;
        var free = riskFreeRate / periodsPerYear;
        var (sum, worst, best) = (0.0, double.MaxValue, double.MinValue);
        var positive = 0;
        foreach (var value in returns)
        {
            sum += value;
            worst = Math.Min(worst, value);
            best = Math.Max(best, value);
            positive += value > 0 ? 1 : 0;
        }

        var mean = sum / Count;
        var (second, third, fourth, below) = (0.0, 0.0, 0.0, 0.0);
        foreach (var value in returns)
        {
            var distance = value - mean;
            var square = distance * distance;
            second += square;
            third += square * distance;
            fourth += square * square;
            var shortfall = Math.Min(value - free, 0);
            below += shortfall * shortfall;
        }

        _meanExcess = mean - free;
        // Equal returns have no variation, whatever rounding makes of their mean.
        var varies = Count > 1 && worst < best;
        _deviation = varies ? Math.Sqrt(second / (Count - 1)) : 0;
        _downside = Math.Sqrt(below / Count);
        var variance = second / Count;
        Skewness = varies ? third / Count / (variance * Math.Sqrt(variance)) : null;
        Kurtosis = varies ? fourth / Count / (variance * variance) : null;
        if (Count > 0)
        {
            (Mean, Worst, Best, PositiveShare) = (mean, worst, best, (double)positive / Count);
        }
    }

    /// <summary>How many returns there are.</summary>
    public int Count { get; }

    /// <summary>The mean return.</summary>
    public double? Mean { get; }

    /// <summary>The lowest return.</summary>
    public double? Worst { get; }

    /// <summary>The highest return.</summary>
    public double? Best { get; }

    /// <summary>The share of returns above zero.</summary>
    public double? PositiveShare { get; }

    /// <summary>The third central moment for the population deviation's cube.</summary>
    public double? Skewness { get; }

    /// <summary>The fourth for its fourth power.</summary>
    public double? Kurtosis { get; }

    /// <summary>The sample standard deviation, a year.</summary>
    public double? Volatility => Count > 1 ? _deviation * Math.Sqrt(_periodsPerYear) : null;

    /// <summary>The Sharpe ratio of one period.</summary>
    public double? PeriodSharpe => _deviation > 0 ? _meanExcess / _deviation : null;

    /// <summary>The Sharpe ratio, a year.</summary>
    public double? Sharpe => PeriodSharpe * Math.Sqrt(_periodsPerYear);

    /// <summary>The Sortino ratio, a year, over the risk-free rate.</summary>
    public double? Sortino => _downside > 0 ? _meanExcess / _downside * Math.Sqrt(_periodsPerYear) : null;

    /// <summary>The root of the mean square of what returns are below the risk-free rate by, a year.</summary>
    public double? DownsideDeviation => Count > 0 ? _downside * Math.Sqrt(_periodsPerYear) : null;

    /// <summary>The probability that the true Sharpe ratio is above zero.</summary>
    public double? ProbabilisticSharpe => PeriodSharpe is { } sharpe
        ? SharpeProbability.Probabilistic(sharpe, 0, Count, Skewness!.Value, Kurtosis!.Value)
        : null;

    /// <summary>
    /// The historical value at risk, a quantile with linear interpolation, and the mean of the returns at or below it.
    /// </summary>
    /// <param name="returns">The returns; they are reordered.</param>
    /// <param name="tail">The share of returns to be below, 0 to 1: 0.05 for 95 %.</param>
    public static (double? AtRisk, double? Conditional) ValueAtRisk(Span<double> returns, double tail)
    {
        if (returns.IsEmpty)
        {
            return (null, null);
        }

        var position = tail * (returns.Length - 1);
        var index = (int)position;
        Selection.Lowest(returns, Math.Min(index + 2, returns.Length));
        var next = Math.Min(index + 1, returns.Length - 1);
        var atRisk = returns[index] + ((position - index) * (returns[next] - returns[index]));
        var (sum, count) = (0.0, 0);
        for (; count < returns.Length && returns[count] <= atRisk; count++)
        {
            sum += returns[count];
        }

        return (atRisk, sum / count);
    }
}

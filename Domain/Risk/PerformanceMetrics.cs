namespace Trading.Domain.Risk;

/// <summary>
/// How an account did, from its equity at the end of each day. Fractions unless said otherwise; null where undefined.
/// Each figure's definition is in <see cref="MetricDefinitions"/>.
/// </summary>
public sealed record PerformanceMetrics
{
    /// <summary>When the first bar closed, UTC.</summary>
    public required DateTime From { get; init; }

    /// <summary>When the last bar closed, UTC.</summary>
    public required DateTime To { get; init; }

    /// <summary>Days with bars: the number of daily returns.</summary>
    public required int Days { get; init; }

    /// <summary>What the account started with, in its currency.</summary>
    public required double InitialEquity { get; init; }

    /// <summary>What it ended with.</summary>
    public required double FinalEquity { get; init; }

    /// <summary>The highest it was worth at the close of a bar.</summary>
    public required double PeakEquity { get; init; }

    /// <summary>The change from start to end.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>The compound growth a year, by actual days.</summary>
    public required double? Cagr { get; init; }

    /// <summary>The standard deviation of daily returns, a year.</summary>
    public required double? Volatility { get; init; }

    /// <summary>The excess return for its volatility, a year; a plain number.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>The risk-free rate a year that the excess is over.</summary>
    public required double RiskFreeRate { get; init; }

    /// <summary>The excess return for its downside deviation, a year; a plain number.</summary>
    public required double? Sortino { get; init; }

    /// <summary>The deepest fall from a peak, at the closes of bars; negative, or zero.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Growth a year for the deepest fall; a plain number.</summary>
    public required double? Calmar { get; init; }

    /// <summary>The daily return that 5 % of days fall below; negative where it is a loss.</summary>
    public required double? ValueAtRisk95 { get; init; }

    /// <summary>The mean of the daily returns at or below it.</summary>
    public required double? ConditionalValueAtRisk95 { get; init; }

    /// <summary>The skewness of daily returns; a plain number.</summary>
    public required double? Skewness { get; init; }

    /// <summary>The kurtosis of daily returns, 3 for a normal distribution; a plain number.</summary>
    public required double? Kurtosis { get; init; }

    /// <summary>The probability that the true Sharpe ratio is above zero.</summary>
    public required double? ProbabilisticSharpe { get; init; }

    /// <summary>The share of days that ended higher.</summary>
    public required double? PositiveDays { get; init; }

    /// <summary>The best daily return.</summary>
    public required double? BestDay { get; init; }

    /// <summary>The worst daily return.</summary>
    public required double? WorstDay { get; init; }

    /// <summary>The share of bars at whose close something was held.</summary>
    public required double? TimeInMarket { get; init; }

    /// <summary>The mean of what was invested for equity, at the ends of days.</summary>
    public required double? AverageExposure { get; init; }

    /// <summary>The value of all fills for the mean equity, a year; a plain number.</summary>
    public required double? Turnover { get; init; }
}

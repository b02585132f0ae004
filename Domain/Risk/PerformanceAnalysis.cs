namespace Trading.Domain.Risk;

/// <summary>Judges an account.</summary>
public static class PerformanceAnalysis
{
    private const double Tail = 0.05;

    /// <summary>Computes every figure.</summary>
    /// <param name="account">The account.</param>
    /// <param name="riskFreeRate">The risk-free rate a year.</param>
    /// <param name="periodsPerYear">Days of trading a year.</param>
    /// <exception cref="ArgumentException">There is no bar, or nothing to start with.</exception>
    public static PerformanceMetrics Of(in AccountHistory account, double riskFreeRate, int periodsPerYear) =>
        Of(account, riskFreeRate, periodsPerYear, new double[account.Daily.Count]);

    internal static PerformanceMetrics Of(
        in AccountHistory account, double riskFreeRate, int periodsPerYear, Span<double> scratch)
    {
        if (account.Times.IsEmpty || !(account.Initial > 0))
        {
            throw new ArgumentException("An account to be judged needs a bar, and money to start with.");
        }

        var daily = account.Daily;
        var statistics = new ReturnStatistics(daily.Returns, riskFreeRate, periodsPerYear);
        var (deepest, peak) = DrawdownTable.Maximum(account.Initial, account.Equity);
        var ordered = scratch[..daily.Count];
        daily.Returns.CopyTo(ordered);
        var (atRisk, conditional) = ReturnStatistics.ValueAtRisk(ordered, Tail);
        var (from, to) = (account.Times[0], account.Times[^1]);
        var days = (to - from).TotalDays;
        var final = account.Equity[^1];
        var cagr = Growth.Cagr(account.Initial, final, days);
        return new()
        {
            From = from,
            To = to,
            Days = daily.Count,
            InitialEquity = account.Initial,
            FinalEquity = final,
            PeakEquity = peak,
            TotalReturn = (final / account.Initial) - 1,
            Cagr = cagr,
            Volatility = statistics.Volatility,
            Sharpe = statistics.Sharpe,
            RiskFreeRate = riskFreeRate,
            Sortino = statistics.Sortino,
            MaxDrawdown = deepest,
            Calmar = deepest < 0 ? cagr / -deepest : null,
            ValueAtRisk95 = atRisk,
            ConditionalValueAtRisk95 = conditional,
            Skewness = statistics.Skewness,
            Kurtosis = statistics.Kurtosis,
            ProbabilisticSharpe = statistics.ProbabilisticSharpe,
            PositiveDays = statistics.PositiveShare,
            BestDay = statistics.Best,
            WorstDay = statistics.Worst,
            TimeInMarket = (double?)account.HeldBars / account.Times.Length,
            AverageExposure = account.HeldBars is null ? null : Exposure(daily),
            Turnover = days >= 1 && Mean(daily.Equity) is > 0 and var mean ? account.Traded / mean * 365 / days : null,
        };
    }

    private static double Exposure(DailyEquity daily)
    {
        var sum = 0.0;
        var equity = daily.Equity;
        var invested = daily.Invested;
        for (var day = 0; day < equity.Length; day++)
        {
            sum += equity[day] > 0 ? invested[day] / equity[day] : 0;
        }

        return sum / daily.Count;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}

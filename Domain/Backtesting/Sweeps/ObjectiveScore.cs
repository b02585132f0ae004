using Trading.Domain.Risk;

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>What a trial is chosen by; null where undefined.</summary>
internal static class ObjectiveScore
{
    public static double? Of(PerformanceMetrics metrics, SweepObjective objective) => objective switch
    {
        SweepObjective.Sharpe => metrics.Sharpe,
        SweepObjective.Sortino => metrics.Sortino,
        SweepObjective.Calmar => metrics.Calmar,
        SweepObjective.TotalReturn => metrics.TotalReturn,
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "The objective is not known."),
    };

    /// <summary>Over some of the account's days.</summary>
    public static double? Of(DailyEquity daily, int from, int to, BacktestSettings settings, SweepObjective objective)
    {
        var start = from > 0 ? daily.Equity[from - 1] : (double)settings.InitialCash;
        if (!(start > 0))
        {
            return null;
        }

        if (objective is SweepObjective.Sharpe or SweepObjective.Sortino)
        {
            var statistics = new ReturnStatistics(
                daily.Returns[from..to], settings.RiskFreeRate, settings.PeriodsPerYear);
            return objective == SweepObjective.Sharpe ? statistics.Sharpe : statistics.Sortino;
        }

        var end = daily.Equity[to - 1];
        if (objective == SweepObjective.TotalReturn)
        {
            return (end / start) - 1;
        }

        var deepest = DrawdownTable.Maximum(start, daily.Equity[from..to]).Deepest;
        var days = (daily.Times[to - 1] - daily.Times[from]).TotalDays;
        return deepest < 0 ? Growth.Cagr(start, end, days) / -deepest : null;
    }
}

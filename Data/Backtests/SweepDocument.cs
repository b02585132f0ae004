using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Risk;
using Trading.Domain.Strategies;

namespace Trading.Data.Backtests;

/// <summary>What came of a sweep, as it is stored and shown: of many trials the best.</summary>
internal sealed record SweepDocument(
    IReadOnlyList<string> Parameters,
    SweepObjective Objective,
    int TrialCount,
    int? Selected,
    double? ProbabilisticSharpe,
    double? DeflatedSharpe,
    IReadOnlyList<SweepWindow> Windows,
    IReadOnlyList<TrialDocument> Trials)
{
    private const int MostTrials = 1000;

    public static SweepDocument Of(SweepReport report, IReadOnlyList<StrategyParameter> parameters) => new(
        [.. parameters.Select(parameter => parameter.Name)],
        report.Settings.Objective,
        report.TrialCount,
        report.Selected,
        report.ProbabilisticSharpe,
        report.DeflatedSharpe,
        report.Windows,
        [.. report.Trials
            .Where(trial => trial.Performance is not null)
            .OrderByDescending(trial => Score(trial.Performance!, report.Settings.Objective) ?? double.NegativeInfinity)
            .ThenBy(trial => trial.Index)
            .Take(MostTrials)
            .Select(TrialDocument.Of)]);

    private static double? Score(PerformanceMetrics performance, SweepObjective objective) => objective switch
    {
        SweepObjective.Sortino => performance.Sortino,
        SweepObjective.Calmar => performance.Calmar,
        SweepObjective.TotalReturn => performance.TotalReturn,
        _ => performance.Sharpe,
    };
}

/// <summary>One trial's main figures.</summary>
internal sealed record TrialDocument(
    int Index,
    IReadOnlyList<double> Arguments,
    double TotalReturn,
    double? Cagr,
    double? Sharpe,
    double? Sortino,
    double? Calmar,
    double MaxDrawdown,
    int Trades,
    double? WinRate,
    double? ProfitFactor)
{
    public static TrialDocument Of(SweepTrial trial)
    {
        var (performance, trades) = (trial.Performance!, trial.TradeMetrics!);
        return new(
            trial.Index,
            trial.Arguments,
            performance.TotalReturn,
            performance.Cagr,
            performance.Sharpe,
            performance.Sortino,
            performance.Calmar,
            performance.MaxDrawdown,
            trades.Trades,
            trades.WinRate,
            trades.ProfitFactor);
    }
}

using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Strategies;

namespace Trading.ApiService.Backtests;

/// <summary>Reads which parameters a client wants searched: whatever a sweep would refuse is told here already.</summary>
internal static class SweepReading
{
    private const int MostAxes = 8;

    public static SweepSettings Read(BacktestSweep sweep, long seed, ITradingStrategy? strategy, Validation check)
    {
        var axes = (sweep.Axes ?? []).Select(axis => ReadAxis(axis, strategy, check)).OfType<SweepAxis>().ToList();
        CheckGrid(axes, check);
        SweepObjective? objective = (sweep.Objective ?? "sharpe") switch
        {
            "sharpe" => SweepObjective.Sharpe,
            "sortino" => SweepObjective.Sortino,
            "calmar" => SweepObjective.Calmar,
            "total_return" => SweepObjective.TotalReturn,
            _ => null,
        };
        check.Require(objective is not null, "sweep.objective", "sharpe, sortino, calmar or total_return.")
            .Require(
                sweep.Trials is null or (> 0 and <= SweepSettings.MaxTrials),
                "sweep.trials",
                $"1 to {SweepSettings.MaxTrials}.")
            .Require(sweep.Windows is null or (>= 1 and <= 50), "sweep.windows", "1 to 50.")
            .Require(sweep.TrainToTest is null or (>= 1 and <= 20), "sweep.train_to_test", "1 to 20.");
        return new SweepSettings
        {
            Axes = axes,
            RandomTrials = sweep.Trials,
            Seed = seed,
            Objective = objective ?? SweepObjective.Sharpe,
            Windows = sweep.Windows ?? 5,
            TrainToTest = sweep.TrainToTest ?? 3,
        };
    }

    private static SweepAxis? ReadAxis(BacktestAxis? axis, ITradingStrategy? strategy, Validation check)
    {
        if (axis is not { Name: { } name, From: { } from, To: { } to, Step: { } step }
            || !double.IsFinite(from) || !double.IsFinite(to) || !double.IsFinite(step) || !(step > 0) || to < from
            || !((to - from) / step < SweepSettings.MaxTrials))
        {
            check.Require(
                false,
                "sweep.axes",
                $"Each has a name, from, to not below it, a step above 0 and at most {SweepSettings.MaxTrials} values.");
            return null;
        }

        var known = strategy?.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        check.Require(
            strategy is null || known is not null,
            "sweep.axes",
            $"{name} is no parameter; there are: {BacktestReading.Names(strategy)}.");
        if (known is not null)
        {
            check.Require(
                    from >= known.Minimum && to <= known.Maximum,
                    "sweep.axes",
                    $"{name} goes from {known.Minimum} to {known.Maximum}.")
                .Require(
                    !known.IsInteger || (from == Math.Floor(from) && step == Math.Floor(step)),
                    "sweep.axes",
                    $"{name} is a whole number: its from and its step are.");
        }

        return new SweepAxis(name, from, to, step);
    }

    private static void CheckGrid(List<SweepAxis> axes, Validation check) => check
        .Require(axes.Count is > 0 and <= MostAxes, "sweep.axes", $"1 to {MostAxes} parameters.")
        .Require(
            axes.DistinctBy(axis => axis.Name).Count() == axes.Count, "sweep.axes", "Each parameter is named once.")
        .Require(
            axes.Aggregate(1.0, (product, axis) => product * axis.Count) <= SweepSettings.MaxPoints,
            "sweep.axes",
            $"At most {SweepSettings.MaxPoints:G1} combinations to draw from: take larger steps or fewer parameters.");
}

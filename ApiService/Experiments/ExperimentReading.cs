using Trading.ApiService.Backtests;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Data.Experiments;
using Trading.Domain.Experiments;
using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.ApiService.Experiments;

/// <summary>
/// Reads what a client wants compared, and says all that is wrong with it at once. Each arm is read as a backtest is.
/// </summary>
internal sealed class ExperimentReading(BacktestReading backtests)
{
    private const int LeastArms = 2;
    private const int MostArms = 6;
    private const int MostInstruments = 20;
    private const int LongestName = 100;
    private const int DefaultHorizon = 1000;
    private const int LongestHorizon = 20_000;
    private const double DefaultErrorRate = 0.05;

    private static readonly string[] _ofArm = ["strategy", "strategy_id", "source", "arguments"];

    /// <summary>What is to be compared, from a moment on; or the problem.</summary>
    public async Task<(ApiProblem? Problem, ReadExperiment? Read)> ReadAsync(
        Guid user, ExperimentRequest request, DateTime now, CancellationToken cancellationToken)
    {
        var check = new Validation();
        if (request.Arms?.Contains(null!) == true)
        {
            return (check.Require(false, "arms", "Each arm is an object.").Problem, null);
        }

        CheckOwn(request, check);
        var arms = new List<ReadArm>();
        BacktestSpec? common = null;
        for (var index = 0; index < Math.Min(request.Arms?.Count ?? 0, MostArms); index++)
        {
            var arm = request.Arms![index];
            var (problem, spec, strategy) = await backtests.ReadAsync(
                user, AsBacktest(request, arm), MostInstruments, cancellationToken);
            Add(problem, index, check);
            if (spec is not null && strategy is not null)
            {
                common ??= spec;
                arms.Add(new(ArmOf(arm, spec), strategy));
            }
        }

        check.Require(
            arms.DistinctBy(each => each.Arm.Name).Count() == arms.Count, "arms", "Each arm has a name of its own.");
        return check.Problem is { } wrong ? (wrong, null) : (null, new(SpecOf(request, common!, arms, now), arms));
    }

    private static void CheckOwn(ExperimentRequest request, Validation check)
    {
        check.Require(
                request.Arms is { Count: >= LeastArms and <= MostArms }, "arms", $"{LeastArms} to {MostArms} strategies.")
            .Require(
                request.Horizon is null or (>= SequentialTest.LeastCount and <= LongestHorizon),
                "horizon",
                $"{SequentialTest.LeastCount} to {LongestHorizon} bars.")
            .Require(request.ErrorRate is null or (>= 0.001 and <= 0.2), "error_rate", "A fraction from 0.001 to 0.2.");
        if (request.Name is not null)
        {
            check.Name("name", request.Name, LongestName);
        }

        foreach (var (arm, index) in (request.Arms ?? []).Take(MostArms).Select((arm, index) => (arm, index)))
        {
            if (arm.Name is not null)
            {
                check.Name($"arms[{index}].name", arm.Name, LongestName);
            }
        }
    }

    private static BacktestRequest AsBacktest(ExperimentRequest request, ExperimentArmRequest arm) => new()
    {
        Strategy = arm.Strategy,
        StrategyId = arm.StrategyId,
        StrategyVersion = arm.StrategyVersion,
        Source = arm.Source,
        Arguments = arm.Arguments,
        Instruments = request.Instruments,
        Interval = request.Interval,
        Cash = request.Cash,
        Costs = request.Costs,
        AllowShort = request.AllowShort,
        Size = request.Size,
        BootstrapSamples = 0,
    };

    /// <summary>What is wrong with an arm alone is said of it; the rest is the same in all, and is said once.</summary>
    private static void Add(ApiProblem? problem, int index, Validation check)
    {
        foreach (var (field, messages) in problem?.Errors ?? new Dictionary<string, string[]>())
        {
            var isOfArm = _ofArm.Contains(field);
            foreach (var message in messages.Where(_ => isOfArm || index == 0))
            {
                check.Require(false, isOfArm ? $"arms[{index}].{field}" : field, message);
            }
        }
    }

    private static ExperimentArm ArmOf(ExperimentArmRequest arm, BacktestSpec spec) => new()
    {
        Name = arm.Name ?? spec.Label,
        Strategy = spec.Strategy,
        Source = spec.Source,
        StrategyId = spec.StrategyId,
        StrategyVersion = spec.StrategyVersion,
        Arguments = spec.Arguments,
    };

    private static ExperimentSpec SpecOf(
        ExperimentRequest request, BacktestSpec common, List<ReadArm> arms, DateTime now)
    {
        var interval = BarInterval.TryParse(common.Interval, out var known) ? known : BarInterval.OneDay;
        return new()
        {
            Arms = [.. arms.Select(each => each.Arm)],
            Instruments = common.Instruments,
            Interval = interval.Code,
            // A bar that closes a whole length after the beginning opened after it: nothing that is known now is in it.
            Settings = common.Settings with { From = now + interval.Length },
            Size = common.Size,
            WarmFrom = now,
            Horizon = request.Horizon ?? DefaultHorizon,
            ErrorRate = request.ErrorRate ?? DefaultErrorRate,
        };
    }
}

/// <summary>What is to be compared; the warm-up is not settled yet.</summary>
internal sealed record ReadExperiment(ExperimentSpec Spec, IReadOnlyList<ReadArm> Arms);

/// <summary>An arm and its strategy.</summary>
internal sealed record ReadArm(ExperimentArm Arm, ITradingStrategy Strategy);

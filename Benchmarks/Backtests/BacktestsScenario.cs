using System.Diagnostics;
using Trading.Benchmarks.Indicators;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.Domain.Backtesting;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Strategies;
using Trading.Domain.Strategies.Language;

namespace Trading.Benchmarks.Backtests;

/// <summary>
/// The backtest engine with indicators, trades and every metric: over a million bars on one core, over a hundred
/// instruments, and a sweep with its walk forward. vectorbt's figures are quoted: it is not installed here.
/// </summary>
internal sealed class BacktestsScenario : IScenario
{
    private const int Bars = 1_000_000;
    private const int FiveYears = 1260;
    private const int Rounds = 9;
    private const double VectorbtCrossSeconds = 0.12;
    private const double VectorbtSweepSeconds = 0.43;

    private static readonly double[] _cross = [10, 30];

    private readonly MovingAverageCross _byHand = new();

    public string Name => "backtests";

    public Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        var minutes = BacktestData.Minutes(Bars);
        var million = BacktestData.Free(minutes);
        IReadOnlyList<Measurement> results =
        [
            Speed("cross of two means, by hand", million, _byHand, _cross, 20, cancellationToken) with
            {
                Peer = Bars / VectorbtCrossSeconds / 1e6,
                PeerName = "vectorbt, quoted",
                Required = Requirement.AtLeast(20 / (Bars / VectorbtCrossSeconds / 1e6)),
            },
            Speed(
                "the same in the language", million, Written(BacktestTexts.TwoIndicators), [], 20, cancellationToken),
            Speed(
                "ten indicators in the language",
                million,
                Written(BacktestTexts.TenIndicators),
                [],
                2,
                cancellationToken),
            Portfolio(cancellationToken),
            .. Sweep(cancellationToken),
        ];
        return Task.FromResult(results);
    }

    private static CompiledStrategy Written(string text) => StrategyLanguage.Compile(text) is { IsValid: true } compiled
        ? compiled.Strategy
        : throw new InvalidOperationException("A strategy that is measured does not compile.");

    private Measurement Speed(
        string what,
        BacktestInput input,
        ITradingStrategy strategy,
        double[] arguments,
        double required,
        CancellationToken cancellationToken)
    {
        var seconds = Best(() => BacktestEngine.Run(input, strategy, arguments, cancellationToken));
        return new(Name, $"{what}, 1,000,000 bars", "Mbars/s", Bars / seconds / 1e6)
        {
            Required = Requirement.AtLeast(required),
        };
    }

    private Measurement Portfolio(CancellationToken cancellationToken)
    {
        BacktestInstrument[] instruments =
        [
            .. Enumerable.Range(0, 100).Select(index =>
                new BacktestInstrument($"T{index}", BacktestData.Days(FiveYears, index))),
        ];
        var input = BacktestData.Input(instruments, new());
        return new(Name, "100 instruments, 5 years daily, one account, intervals", "s", Best(
            () => BacktestEngine.Run(input, _byHand, _cross, cancellationToken)))
        {
            Required = Requirement.AtMost(0.3),
        };
    }

    private IEnumerable<Measurement> Sweep(CancellationToken cancellationToken)
    {
        var input = BacktestData.Input([new("X", BacktestData.Days(FiveYears, 0))], new());
        var sweep = new SweepSettings { Axes = [new("fast", 2, 41, 1), new("slow", 45, 165, 5)] };
        var seconds = Best(() => ParameterSweep.Run(
            input, _byHand, sweep, Environment.ProcessorCount, null, cancellationToken));
        const string What = "1,000 crosses over 5 years daily, every metric, walk forward";
        yield return new(Name, What, "s", seconds) { Required = Requirement.AtMost(0.2) };
        yield return new(Name, What, "s", seconds) { Peer = VectorbtSweepSeconds, PeerName = "vectorbt, quoted" };
    }

    /// <summary>The best of some rounds, once the code is compiled for speed.</summary>
    private static double Best(Action run)
    {
        Compiled.WarmUp(run);
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        }

        return best;
    }
}

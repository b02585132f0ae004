using Trading.Domain.Risk;
using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>
/// Tries many combinations of a strategy's parameters, and always also walks forward: the best on one stretch is tried
/// on the next, which it has not seen. The result does not depend on how many cores compute it.
/// </summary>
public sealed class ParameterSweep
{
    private readonly BacktestInput _input;
    private readonly ITradingStrategy _strategy;
    private readonly SweepSettings _settings;
    private readonly double[][] _trials;
    private readonly DateTime[] _days;
    private readonly Stretch[] _stretches;

    private ParameterSweep(BacktestInput input, ITradingStrategy strategy, SweepSettings settings)
    {
        input.Settings.Validate();
        (_input, _strategy, _settings) = (input, strategy, settings);
        _trials = TrialGrid.Of(strategy, settings);
        _days = TradingDays.Of(input);
        _stretches = WalkForward.Of(_days.Length, settings);
    }

    /// <summary>Runs a sweep.</summary>
    /// <param name="input">What is traded, and how.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="settings">What is tried.</param>
    /// <param name="cores">The most trials at a time, at least 1.</param>
    /// <param name="progress">Is told about every hundredth part; null for no one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">
    /// A setting is not allowed, there are too few days, or the strategy allows none of the combinations.
    /// </exception>
    public static SweepReport Run(
        BacktestInput input,
        ITradingStrategy strategy,
        SweepSettings settings,
        int cores,
        IProgress<SweepProgress>? progress,
        CancellationToken cancellationToken)
    {
        var sweep = new ParameterSweep(input, strategy, settings);
        var trials = sweep.RunTrials(cores, progress, cancellationToken);
        return sweep.Judge(trials, cancellationToken);
    }

    private SweepTrial[] RunTrials(int cores, IProgress<SweepProgress>? progress, CancellationToken cancellationToken)
    {
        var results = new SweepTrial[_trials.Length];
        var (done, every) = (0, Math.Max(1, results.Length / 100));
        var options = new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = cancellationToken };
        Parallel.For(
            0,
            results.Length,
            options,
            () => new SweepBuffers(_input.Instruments.Count, _days.Length),
            (index, _, buffers) =>
            {
                results[index] = Try(index, buffers, cancellationToken);
                var count = Interlocked.Increment(ref done);
                if (count % every == 0 || count == results.Length)
                {
                    progress?.Report(new(count, results.Length));
                }

                return buffers;
            },
            _ => { });
        return results;
    }

    private SweepTrial Try(int index, SweepBuffers buffers, CancellationToken cancellationToken)
    {
        var arguments = _trials[index];
        try
        {
            for (var instrument = 0; instrument < buffers.Decisions.Length; instrument++)
            {
                buffers.Decisions[instrument] = _strategy.Decide(
                    _input.Instruments[instrument].History, arguments, cancellationToken);
            }
        }
        catch (ArgumentException)
        {
            return new()
            {
                Index = index,
                Arguments = arguments,
                Performance = null,
                TradeMetrics = null,
                TrainScores = new double?[_stretches.Length],
            };
        }

        return Try(index, arguments, buffers, cancellationToken);
    }

    private SweepTrial Try(int index, double[] arguments, SweepBuffers buffers, CancellationToken cancellationToken)
    {
        var settings = _input.Settings;
        var run = BacktestEngine.RunAccount(
            _input.Instruments, buffers.Decisions, settings, buffers.Run, cancellationToken);
        buffers.Daily.Load((double)settings.InitialCash, run.Times.Span, run.Equity.Span, run.Invested.Span);
        var scores = new double?[_stretches.Length];
        for (var window = 0; window < scores.Length; window++)
        {
            var (from, to, _) = _stretches[window];
            scores[window] = ObjectiveScore.Of(buffers.Daily, from, to, settings, _settings.Objective);
        }

        return new()
        {
            Index = index,
            Arguments = arguments,
            Performance = BacktestJudge.Performance(settings, run, buffers.Daily, buffers.Scratch),
            TradeMetrics = BacktestJudge.Trades(run.Trades),
            TrainScores = scores,
        };
    }

    private SweepReport Judge(SweepTrial[] trials, CancellationToken cancellationToken)
    {
        var run = trials.Where(trial => trial.Performance is not null).ToArray();
        if (run.Length == 0)
        {
            throw new ArgumentException($"{_strategy.Name} allows none of these combinations of parameters.");
        }

        var best = Best(run, trial => ObjectiveScore.Of(trial.Performance!, _settings.Objective));
        var outOfSample = new OutOfSampleRun(_input, _strategy, _settings, _days);
        var windows = _stretches.Select((stretch, window) =>
            outOfSample.Next(stretch, Best(run, trial => trial.TrainScores[window]), window, cancellationToken));
        return new()
        {
            Settings = _settings,
            Trials = trials,
            TrialCount = run.Length,
            Selected = best?.Index,
            ProbabilisticSharpe = best?.Performance!.ProbabilisticSharpe,
            DeflatedSharpe = best is null ? null : Deflate(best.Performance!, run),
            Windows = [.. windows],
            OutOfSample = outOfSample.Report(),
        };
    }

    /// <summary>Of equals the first.</summary>
    private static SweepTrial? Best(SweepTrial[] trials, Func<SweepTrial, double?> score)
    {
        var scored = trials.Where(trial => score(trial) is not null).ToArray();
        return scored.Length == 0 ? null : scored.MaxBy(score);
    }

    private double? Deflate(PerformanceMetrics best, SweepTrial[] trials)
    {
        var year = Math.Sqrt(_input.Settings.PeriodsPerYear);
        double[] ratios = [.. trials.Select(trial => trial.Performance!.Sharpe / year).OfType<double>()];
        if (best is not { Sharpe: { } sharpe, Skewness: { } skewness, Kurtosis: { } kurtosis } || ratios.Length < 2)
        {
            return null;
        }

        var mean = ratios.Average();
        var variance = ratios.Sum(ratio => (ratio - mean) * (ratio - mean)) / (ratios.Length - 1);
        return SharpeProbability.Deflated(sharpe / year, variance, trials.Length, best.Days, skewness, kurtosis);
    }
}

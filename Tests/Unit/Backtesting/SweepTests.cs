using Trading.Domain.Backtesting;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Backtesting;

public sealed class SweepTests
{
    private static readonly SweepSettings _grid = new()
    {
        Axes = [new("hold", 1, 4, 1), new("every", 5, 15, 5)],
        Windows = 3,
        TrainToTest = 2,
    };

    [Fact]
    public void The_grid_has_every_combination_and_random_trials_are_some_of_them()
    {
        var all = Run(_grid);
        var some = Run(_grid with { RandomTrials = 5, Seed = 7 });

        Assert.Equal(12, all.TrialCount);
        Assert.Equal([1, 5], all.Trials[0].Arguments);
        Assert.Equal([1, 10], all.Trials[1].Arguments);
        Assert.Equal([4, 15], all.Trials[^1].Arguments);
        Assert.Equal(5, some.Trials.Select(Key).Distinct().Count());
        Assert.All(some.Trials, trial => Assert.Contains(Key(trial), all.Trials.Select(Key)));
        Assert.Equal(some.Trials.Select(Key), Run(_grid with { RandomTrials = 5, Seed = 7 }).Trials.Select(Key));
        Assert.NotEqual(some.Trials.Select(Key), Run(_grid with { RandomTrials = 5, Seed = 8 }).Trials.Select(Key));

        static string Key(SweepTrial trial) => string.Join('/', trial.Arguments);
    }

    [Fact]
    public void Every_trial_has_the_figures_of_a_run_of_its_own()
    {
        var input = Input();
        var report = Run(_grid, input);

        Assert.All(report.Trials, trial =>
        {
            var alone = BacktestEngine.Run(input, new Rhythm(), [.. trial.Arguments], Token);
            Assert.Equal(alone.Performance, trial.Performance);
            Assert.Equal(alone.TradeMetrics, trial.TradeMetrics);
        });
        Assert.Equal(
            report.Trials.Max(trial => trial.Performance!.Sharpe),
            report.Trials[report.Selected!.Value].Performance!.Sharpe);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_cores()
    {
        var (one, four) = (Run(_grid, Input(), 1), Run(_grid, Input(), 4));

        Assert.Equal(one.Trials.Select(trial => trial.Performance), four.Trials.Select(trial => trial.Performance));
        Assert.Equal(one.OutOfSample.Trades, four.OutOfSample.Trades);
        Assert.Equal(one.OutOfSample.Equity.Equity.ToArray(), four.OutOfSample.Equity.Equity.ToArray());
        Assert.Equal((one.Selected, one.DeflatedSharpe), (four.Selected, four.DeflatedSharpe));
    }

    [Fact]
    public void What_is_tried_on_a_stretch_was_chosen_before_it_began()
    {
        var whole = Run(_grid);
        // All that comes after the first window's choice is another market.
        var changed = Run(_grid, Input(turnsAt: whole.Windows[0].TestFrom));

        Assert.Equal(whole.Windows[0].Selected, changed.Windows[0].Selected);
        Assert.Equal(whole.Windows[0].TrainScore, changed.Windows[0].TrainScore);
        Assert.NotEqual(whole.Windows[0].TestReturn, changed.Windows[0].TestReturn);
    }

    [Fact]
    public void Stretches_follow_one_another_to_the_end_and_so_does_the_money()
    {
        var report = Run(_grid);

        Assert.Equal(3, report.Windows.Count);
        Assert.Equal(report.Trials[0].Performance!.To, report.Windows[^1].TestTo);
        Assert.All(report.Windows, window => Assert.True(window.TrainTo < window.TestFrom));
        Assert.All(report.Windows.Zip(report.Windows.Skip(1)), pair =>
            Assert.Equal(pair.First.TestTo.AddDays(1), pair.Second.TestFrom));
        var grown = report.Windows.Aggregate(1.0, (money, window) => money * (1 + window.TestReturn));
        Assert.Equal(grown - 1, report.OutOfSample.Performance.TotalReturn, 1e-12);
        Assert.Equal(report.Windows[0].TestFrom, report.OutOfSample.Performance.From);
        Assert.Equal(
            report.OutOfSample.Performance.FinalEquity,
            (double)(Given.Free.InitialCash + report.OutOfSample.Trades.Sum(trade => trade.Profit)),
            1e-9);
    }

    [Fact]
    public void Each_window_takes_the_best_of_its_own_stretch()
    {
        var report = Run(_grid);

        Assert.All(report.Windows.Index(), pair =>
            Assert.Equal(report.Trials.Max(trial => trial.TrainScores[pair.Index]), pair.Item.TrainScore));
    }

    [Fact]
    public void The_best_of_many_is_deflated_below_what_it_would_be_alone()
    {
        var report = Run(_grid);

        Assert.InRange(report.DeflatedSharpe!.Value, 0, report.ProbabilisticSharpe!.Value);
        Assert.NotEqual(report.ProbabilisticSharpe, report.DeflatedSharpe);
    }

    [Fact]
    public void Progress_comes_to_the_end_and_a_sweep_can_be_cancelled()
    {
        var steps = new List<SweepProgress>();
        ParameterSweep.Run(Input(), new Rhythm(), _grid, 1, new Steps(steps.Add), Token);
        Assert.Equal(Enumerable.Range(1, 12).Select(done => new SweepProgress(done, 12)), steps);

        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => ParameterSweep.Run(
            Input(), new Rhythm(), _grid, 1, new Steps(_ => stop.Cancel()), stop.Token));
    }

    [Fact]
    public void Combinations_that_the_strategy_does_not_allow_are_not_counted_as_trials()
    {
        var report = Run(_grid with { Axes = [new("hold", 1, 8, 1), new("every", 5, 5, 5)] });

        Assert.Equal((8, 4), (report.Trials.Count, report.TrialCount));
        Assert.All(report.Trials.Skip(4), trial => Assert.Null(trial.Performance));
    }

    [Theory]
    [InlineData("unknown", 1, 2, 1)]
    [InlineData("hold", 0, 2, 1)]
    [InlineData("hold", 1, 200, 1)]
    [InlineData("hold", 1, 2, 0)]
    [InlineData("hold", 1, 2, 0.5)]
    [InlineData("hold", 2, 1, 1)]
    public void Axes_that_make_no_sense_are_refused(string name, double from, double to, double step)
    {
        Assert.Throws<ArgumentException>(() => Run(_grid with { Axes = [new(name, from, to, step)] }));
    }

    [Fact]
    public void The_values_of_an_axis_stay_below_its_end_where_steps_are_no_binary_fractions()
    {
        // 0.1 + 2 x 0.1 is above 0.3 in binary.
        var axis = new SweepAxis("width", 0.1, 0.3, 0.1);

        Assert.Equal((3, 0.3), (axis.Count, axis.Value(2)));
    }

    [Fact]
    public void Too_few_days_to_walk_are_refused_with_what_to_change()
    {
        var refused = Assert.Throws<ArgumentException>(() => Run(_grid with { Windows = 100 }));

        Assert.Contains("fewer windows", refused.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SweepReport Run(SweepSettings settings) => Run(settings, Input());

    private static SweepReport Run(SweepSettings settings, BacktestInput input, int cores = 2) =>
        ParameterSweep.Run(input, new Rhythm(), settings, cores, null, Token);

    private static BacktestInput Input(DateTime? turnsAt = null)
    {
        var random = new SeededRandom(3, "sweep test");
        var closes = new double[300];
        var price = 50.0;
        for (var day = 0; day < closes.Length; day++)
        {
            var sign = Given.Start.AddDays(day) >= turnsAt ? -1 : 1;
            price *= Math.Exp(sign * (0.001 + (0.02 * random.NextNormal())));
            closes[day] = Math.Round(price, 2);
        }

        return Given.Input([new("X", Given.Closes(closes)) { UnitStep = 0.01m }], Given.Free);
    }

    private sealed class Steps(Action<SweepProgress> told) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => told(value);
    }

    /// <summary>Buys every so many bars, and holds for some of them.</summary>
    private sealed class Rhythm : ITradingStrategy
    {
        public string Name => "rhythm";

        public IReadOnlyList<StrategyParameter> Parameters { get; } =
            [new("hold", 2, 1, 100, true), new("every", 5, 2, 100, true)];

        public int WarmUp(ReadOnlySpan<double> arguments) => 0;

        public StrategyDecisions Decide(
            PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken)
        {
            var (hold, every) = ((int)arguments[0], (int)arguments[1]);
            if (hold >= every)
            {
                throw new ArgumentException("Held longer than the rhythm.");
            }

            var actions = new StrategyAction[history.Count];
            for (var bar = 0; bar < actions.Length; bar++)
            {
                actions[bar] = (bar % every) == 0 ? StrategyAction.EnterLong
                    : (bar % every) == hold ? StrategyAction.ExitLong : StrategyAction.None;
            }

            return new() { Actions = actions };
        }
    }
}

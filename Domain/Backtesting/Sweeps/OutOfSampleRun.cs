using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>
/// One account over the stretches that are tried on. Each is run on the prices up to its end only, with the money of
/// the one before, from no position to none.
/// </summary>
internal sealed class OutOfSampleRun(
    BacktestInput input, ITradingStrategy strategy, SweepSettings settings, DateTime[] days)
{
    private readonly List<DateTime> _times = [];
    private readonly List<double> _equity = [];
    private readonly List<double> _invested = [];
    private readonly List<Trade> _trades = [];
    private decimal _cash = input.Settings.InitialCash;
    private decimal _traded;
    private int _heldBars;
    private int _reduced;
    private int _refused;
    private long _bars;
    private DateTime? _liquidatedAt;

    public SweepWindow Next(Stretch stretch, SweepTrial? best, int window, CancellationToken cancellationToken)
    {
        var before = _cash;
        var testSettings = input.Settings with
        {
            InitialCash = before,
            From = days[stretch.Test - 1].AddTicks(1),
        };
        var run = RunOn(Known(days[stretch.End - 1]), testSettings, best, cancellationToken);
        Append(run);
        return new()
        {
            TrainFrom = days[stretch.Train],
            TrainTo = days[stretch.Test - 1],
            TestFrom = days[stretch.Test],
            TestTo = days[stretch.End - 1],
            Selected = best?.Index,
            Arguments = best?.Arguments ?? [],
            TrainScore = best?.TrainScores[window],
            TestScore = Score(run, testSettings),
            TestReturn = before > 0 ? ((double)_cash / (double)before) - 1 : 0,
        };
    }

    public BacktestReport Report() => BacktestJudge.Report(
        input with { Settings = input.Settings with { From = _times[0] } },
        new()
        {
            Trades = _trades,
            Traded = _traded,
            Reduced = _reduced,
            Refused = _refused,
            Cash = _cash,
            Times = _times.ToArray(),
            Equity = _equity.ToArray(),
            Invested = _invested.ToArray(),
            HeldBars = _heldBars,
            Bars = _bars,
            LiquidatedAt = _liquidatedAt,
        });

    private BacktestInstrument[] Known(DateTime end) =>
    [
        .. input.Instruments.Select(instrument => instrument with
        {
            History = instrument.History.Slice(
                0, RunStart.Index(instrument.History.Times.Span, end.AddTicks(1))),
        }),
    ];

    private RunResult RunOn(
        BacktestInstrument[] known,
        BacktestSettings testSettings,
        SweepTrial? best,
        CancellationToken cancellationToken)
    {
        // An account without a choice, or with nothing left, waits.
        var isActive = best is not null && _liquidatedAt is null;
        StrategyDecisions[] decisions =
        [
            .. known.Select(instrument => isActive
                ? strategy.Decide(instrument.History, [.. best!.Arguments], cancellationToken)
                : new() { Actions = new StrategyAction[instrument.History.Count] }),
        ];
        return BacktestEngine.RunAccount(known, decisions, testSettings, new(), cancellationToken);
    }

    private double? Score(RunResult run, BacktestSettings testSettings)
    {
        if (testSettings.InitialCash <= 0)
        {
            return null;
        }

        var daily = Risk.DailyEquity.Of((double)testSettings.InitialCash, run.Times.Span, run.Equity.Span);
        return ObjectiveScore.Of(daily, 0, daily.Count, testSettings, settings.Objective);
    }

    private void Append(RunResult run)
    {
        _times.AddRange(run.Times.Span);
        _equity.AddRange(run.Equity.Span);
        _invested.AddRange(run.Invested.Span);
        _trades.AddRange(run.Trades);
        _cash = run.Cash;
        _traded += run.Traded;
        _reduced += run.Reduced;
        _refused += run.Refused;
        _heldBars += run.HeldBars;
        _bars += run.Bars;
        _liquidatedAt ??= run.LiquidatedAt;
    }
}

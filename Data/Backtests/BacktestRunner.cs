using System.Reflection;
using Trading.Data.CorporateActions;
using Trading.Domain.Backtesting;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.Data.Backtests;

/// <summary>Runs backtests over what is stored; the same specification and data come to the same result anywhere.</summary>
public sealed class BacktestRunner(BarColumns bars, ActionStore actions, TimeProvider time)
{
    private const int LeastWarmUp = 60;
    private const int MostWarmUp = 5000;

    private static readonly string _version =
        typeof(BacktestRunner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    /// <summary>Runs a backtest.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="strategy">The strategy that it names.</param>
    /// <param name="mostBars">What has more is refused.</param>
    /// <param name="report">Told of trials done and all trials, from any thread; may be null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BacktestRefusedException">There is nothing to run it over, or too much.</exception>
    public async Task<StoredResult> RunAsync(
        BacktestSpec spec,
        ITradingStrategy strategy,
        long mostBars,
        Action<long, long>? report,
        CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var arguments = ArgumentsOf(spec, strategy);
        var market = await LoadAsync(spec, WarmUp(spec, strategy, arguments), mostBars, cancellationToken);
        var sized = spec.Size is { } size ? new ResizedStrategy(strategy, size) : strategy;
        var lookAhead = Check(sized, market.Instruments[0].History, arguments, cancellationToken);
        var input = InputOf(spec, strategy, arguments, market);
        var (backtest, sweep) = Run(sized, arguments, input, spec.Sweep, report, cancellationToken);
        var stamp = StampOf(backtest.Stamp, lookAhead, market);
        var document = ResultDocument.Of(backtest, sweep, stamp);
        var result = new StoredResult(
            FiguresOf(document, time.GetElapsedTime(startedAt).TotalMilliseconds),
            CompressedJson.Write(document, BacktestJson.Default.ResultDocument),
            CompressedJson.Write(EquityDocument.Of(backtest), BacktestJson.Default.EquityDocument),
            CompressedJson.Write(backtest.Trades, BacktestJson.Default.IReadOnlyListTrade));
        return result;
    }

    private static (BacktestReport Report, SweepDocument? Sweep) Run(
        ITradingStrategy strategy,
        double[] arguments,
        BacktestInput input,
        SweepSettings? settings,
        Action<long, long>? report,
        CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            return (BacktestEngine.Run(input, strategy, arguments, cancellationToken), null);
        }

        // One core: what else the machine does comes first, and more jobs run beside this one.
        var sweep = ParameterSweep.Run(
            input, strategy, Held(settings, strategy, arguments), 1, report is null ? null : new Reporting(report), cancellationToken);
        return (sweep.OutOfSample, SweepDocument.Of(sweep, strategy.Parameters));
    }

    /// <summary>What is not searched has the value that was asked for, not its default: an axis of that one.</summary>
    private static SweepSettings Held(SweepSettings settings, ITradingStrategy strategy, double[] arguments) =>
        settings with
        {
            Axes =
            [
                .. settings.Axes,
                .. strategy.Parameters.Index()
                    .Where(each => settings.Axes.All(axis => axis.Name != each.Item.Name))
                    .Select(each => new SweepAxis(each.Item.Name, arguments[each.Index], arguments[each.Index], 1)),
            ],
        };

    private static double[] ArgumentsOf(BacktestSpec spec, ITradingStrategy strategy) =>
        [.. strategy.Parameters.Select(parameter => spec.Arguments.GetValueOrDefault(parameter.Name, parameter.Default))];

    /// <summary>The bars before the first that counts; of a sweep those of its longest trial.</summary>
    private static int WarmUp(BacktestSpec spec, ITradingStrategy strategy, double[] arguments)
    {
        var longest = strategy.Settling(arguments);
        if (spec.Sweep is { } sweep)
        {
            var last = strategy.Parameters.Select((parameter, place) =>
                sweep.Axes.FirstOrDefault(axis => axis.Name == parameter.Name) is { } axis
                    ? axis.Value(axis.Count - 1)
                    : arguments[place]).ToArray();
            longest = Math.Max(longest, strategy.Settling(last));
        }

        return WarmUpBars(longest);
    }

    /// <summary>How many bars are read before the first that counts, for a strategy that wants so many.</summary>
    internal static int WarmUpBars(int wanted) => Math.Clamp(wanted, LeastWarmUp, MostWarmUp);

    private sealed class Reporting(Action<long, long> report) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => report(value.Done, value.Total);
    }

    private async Task<LoadedMarket> LoadAsync(
        BacktestSpec spec, int warmUp, long mostBars, CancellationToken cancellationToken)
    {
        var interval = BarInterval.TryParse(spec.Interval, out var known)
            ? known
            : throw new BacktestRefusedException($"There is no interval {spec.Interval}.");
        SpecInstrument[] asked = spec.Benchmark is { } benchmark ? [.. spec.Instruments, benchmark] : [.. spec.Instruments];
        var ids = asked.Select(instrument => instrument.Id).Distinct().ToArray();
        var from = await bars.StepBackAsync(ids, interval, spec.From, warmUp, cancellationToken);
        var reading = bars.ReadAsync(ids, interval, from, spec.To, mostBars, cancellationToken);
        var corporate = await actions.ReadAsync(ids, cancellationToken);
        var loaded = await reading ?? throw new BacktestRefusedException(
            $"There are more than {mostBars} bars; take a longer interval, fewer days or fewer instruments.");
        return LoadedMarket.Of(spec, loaded, corporate);
    }

    private static LookAheadDocument Check(
        ITradingStrategy strategy, PriceHistory history, double[] arguments, CancellationToken cancellationToken)
    {
        var finding = LookAheadCheck.Run(strategy, history, arguments, cancellationToken);
        return new(finding is null, Math.Min(history.Count, LookAheadCheck.MostBars), finding is null ? null
            : $"The {finding.What} at bar {finding.Bar} is another where only {finding.KnownBars} bars are known.");
    }

    private static BacktestInput InputOf(
        BacktestSpec spec, ITradingStrategy strategy, double[] arguments, LoadedMarket market) => new()
    {
        Instruments = market.Instruments,
        Settings = spec.Settings with { PeriodsPerYear = market.PeriodsPerYear },
        Benchmark = market.Benchmark is { } benchmark
            ? BacktestBenchmark.Hold(benchmark)
            : BacktestBenchmark.EqualWeight(market.Instruments),
        // The instruments are those that somebody knows today; which others there were is not known here.
        Stamp = new BacktestStamp(
            DataVersion.Of(market.Instruments),
            _version,
            spec.Label,
            strategy.Parameters.Select((parameter, place) => (parameter.Name, Value: arguments[place]))
                .ToDictionary(pair => pair.Name, pair => pair.Value),
            UniverseKind.SurvivorshipBiased),
    };

    private static StampDocument StampOf(BacktestStamp stamp, LookAheadDocument lookAhead, LoadedMarket market) => new(
        stamp.DataVersion,
        stamp.CodeVersion,
        stamp.Strategy,
        stamp.Arguments,
        stamp.Universe,
        lookAhead,
        market.Synthetic,
        market.SplitsApplied,
        market.SplitsFound,
        market.Missing);

    private static StoredFigures FiguresOf(ResultDocument document, double duration) => new(
        document.Performance.TotalReturn,
        document.Performance.Cagr,
        document.Performance.Volatility,
        document.Performance.Sharpe,
        document.Performance.MaxDrawdown,
        document.TradeMetrics.WinRate,
        document.TradeMetrics.ProfitFactor,
        document.TradeMetrics.Trades,
        document.Sweep?.DeflatedSharpe,
        !document.Stamp.LookAhead.Passed,
        document.Bars,
        duration);
}

/// <summary>A backtest that cannot be run, now or later; the message is for its owner.</summary>
public sealed class BacktestRefusedException(string message) : Exception(message);

using Trading.Domain.Backtesting;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Backtesting;

/// <summary>Short ways to say what a backtest is about.</summary>
internal static class Given
{
    public static readonly DateTime Start = new(2024, 1, 1, 21, 0, 0, DateTimeKind.Utc);

    public static BacktestSettings Free { get; } = new()
    {
        InitialCash = 1000,
        Costs = TradingCosts.None,
        BootstrapSamples = 0,
    };

    /// <summary>One bar a day.</summary>
    public static PriceHistory Bars(params (double Open, double High, double Low, double Close)[] bars) => new(
        Enumerable.Range(0, bars.Length).Select(day => Start.AddDays(day)).ToArray(),
        bars.Select(bar => bar.Open).ToArray(),
        bars.Select(bar => bar.High).ToArray(),
        bars.Select(bar => bar.Low).ToArray(),
        bars.Select(bar => bar.Close).ToArray(),
        new double[bars.Length]);

    /// <summary>Bars that open where the one before closed.</summary>
    public static PriceHistory Closes(params double[] closes) => Bars(
    [
        .. closes.Select((close, day) => (Open: closes[Math.Max(day - 1, 0)], Close: close))
            .Select(bar => (bar.Open, Math.Max(bar.Open, bar.Close), Math.Min(bar.Open, bar.Close), bar.Close)),
    ]);

    public static StrategyAction[] Actions(int bars, params (int Bar, StrategyAction Action)[] actions)
    {
        var all = new StrategyAction[bars];
        foreach (var (bar, action) in actions)
        {
            all[bar] = action;
        }

        return all;
    }

    /// <summary>The same distance at every bar.</summary>
    public static double[] Distance(int bars, double distance) => [.. Enumerable.Repeat(distance, bars)];

    public static BacktestReport Run(
        PriceHistory history, StrategyDecisions decisions, BacktestSettings settings, bool isPortfolio = false) =>
        Run([new("X", history)], [decisions], settings, isPortfolio);

    /// <param name="isPortfolio">
    /// Takes the way of several instruments, which one with dividends takes too: here one of nothing, long after.
    /// </param>
    public static BacktestReport Run(
        BacktestInstrument[] instruments, StrategyDecisions[] decisions, BacktestSettings settings, bool isPortfolio)
    {
        var never = new CashDividend(DateOnly.MaxValue, 0);
        BacktestInstrument[] given = isPortfolio
            ? [.. instruments.Select(instrument => instrument with { Dividends = [.. instrument.Dividends, never] })]
            : instruments;
        return BacktestEngine.Run(Input(given, settings), decisions, TestContext.Current.CancellationToken);
    }

    public static BacktestInput Input(IReadOnlyList<BacktestInstrument> instruments, BacktestSettings settings) => new()
    {
        Instruments = instruments,
        Settings = settings,
        Benchmark = BacktestBenchmark.EqualWeight(instruments),
        Stamp = new(
            DataVersion.Of(instruments), "test", "plan", new Dictionary<string, double>(), UniverseKind.PointInTime),
    };
}

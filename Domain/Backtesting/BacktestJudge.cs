using Trading.Domain.Risk;

namespace Trading.Domain.Backtesting;

/// <summary>Turns the run of an account into figures.</summary>
internal static class BacktestJudge
{
    private const int Drawdowns = 10;

    public static BacktestReport Report(BacktestInput input, RunResult run)
    {
        var settings = input.Settings;
        var initial = (double)settings.InitialCash;
        var times = run.Times.Span;
        var equity = run.Equity.Span;
        var daily = DailyEquity.Of(initial, times, equity, run.Invested.Span);
        var performance = Performance(settings, run, daily, new double[daily.Count]);
        var trades = Trades(run.Trades);
        return new()
        {
            Stamp = input.Stamp,
            Settings = settings,
            Bars = run.Bars,
            Equity = new(initial, run.Times, run.Equity, run.Invested),
            Trades = run.Trades,
            Performance = performance,
            TradeMetrics = trades,
            Benchmark = Compare(input, run, daily, performance.TotalReturn),
            Drawdowns = DrawdownTable.Deepest(initial, times, equity, Drawdowns),
            Months = MonthlyTable.Of(initial, daily),
            Intervals = Intervals(settings, run, daily, performance, trades),
            ReducedEntries = run.Reduced,
            RefusedEntries = run.Refused,
            LiquidatedAt = run.LiquidatedAt,
        };
    }

    public static PerformanceMetrics Performance(
        BacktestSettings settings, RunResult run, DailyEquity daily, Span<double> scratch) => PerformanceAnalysis.Of(
        new()
        {
            Initial = (double)settings.InitialCash,
            Times = run.Times.Span,
            Equity = run.Equity.Span,
            Daily = daily,
            HeldBars = run.HeldBars,
            Traded = (double)run.Traded,
        },
        settings.RiskFreeRate,
        settings.PeriodsPerYear,
        scratch);

    public static TradeMetrics Trades(IReadOnlyList<Trade> trades)
    {
        var tally = new TradeTally();
        foreach (var trade in trades)
        {
            tally.Add(new(
                (double)trade.Profit,
                trade.Return,
                trade.RMultiple,
                trade.BarsHeld,
                trade.MaximumAdverseExcursion,
                trade.MaximumFavourableExcursion,
                (double)trade.Fees));
        }

        return tally.ToMetrics();
    }

    private static ConfidenceInterval[] Intervals(
        BacktestSettings settings,
        RunResult run,
        DailyEquity daily,
        PerformanceMetrics performance,
        TradeMetrics trades)
    {
        if (settings.BootstrapSamples == 0)
        {
            return [];
        }

        double[] profits = [.. run.Trades.Select(trade => (double)trade.Profit)];
        return
        [
            .. BlockBootstrap.Of(
                daily, performance, settings.PeriodsPerYear, settings.BootstrapSamples, settings.Seed),
            .. TradeBootstrap.Of(profits, trades, settings.BootstrapSamples, settings.Seed),
        ];
    }

    private static BenchmarkComparison? Compare(
        BacktestInput input, RunResult run, DailyEquity daily, double totalReturn)
    {
        if (input.Benchmark is not { Instruments.Count: > 0 } benchmark)
        {
            return null;
        }

        var settings = input.Settings;
        var initial = (double)settings.InitialCash;
        var times = run.Times.Span;
        var equity = BenchmarkEquity.Of(benchmark, initial, run.Times);
        var held = DailyEquity.Of(initial, times, equity);
        // The benchmark is bought at the first close: its first day has no return.
        var regression = BenchmarkRegression.Of(
            daily.Returns[1..], held.Returns[1..], settings.RiskFreeRate, settings.PeriodsPerYear);
        var statistics = new ReturnStatistics(held.Returns[1..], settings.RiskFreeRate, settings.PeriodsPerYear);
        var heldReturn = (equity[^1] / initial) - 1;
        return new()
        {
            Name = benchmark.Name,
            TotalReturn = heldReturn,
            Cagr = Growth.Cagr(initial, equity[^1], (times[^1] - times[0]).TotalDays),
            Volatility = statistics.Volatility,
            Sharpe = statistics.Sharpe,
            MaxDrawdown = DrawdownTable.Maximum(initial, equity).Deepest,
            ExcessReturn = totalReturn - heldReturn,
            Beta = regression.Beta,
            Alpha = regression.Alpha,
            Correlation = regression.Correlation,
            UpCapture = regression.UpCapture,
            DownCapture = regression.DownCapture,
            Equity = equity,
        };
    }
}

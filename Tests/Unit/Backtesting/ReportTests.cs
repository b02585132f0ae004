using Trading.Domain.Backtesting;
using Trading.Domain.Market;
using Trading.Domain.Strategies;
using static Trading.Domain.Strategies.StrategyAction;

namespace Trading.Tests.Unit.Backtesting;

public sealed class ReportTests
{
    [Fact]
    public void Holding_is_measured_from_the_first_close_with_dividends_as_cash()
    {
        var today = DateOnly.FromDateTime(Given.Start);
        BacktestInstrument[] instruments =
        [
            new("A", Given.Closes(100, 110, 120)) { Dividends = [new(today.AddDays(1), 5)] },
            new("B", Given.Closes(50, 50, 40)),
        ];
        StrategyDecisions[] idle = [Idle(3), Idle(3)];

        var benchmark = Given.Run(instruments, idle, Given.Free, true).Benchmark!;

        // 5 of A, which paid 25, and 10 of B.
        Assert.Equal([1000, 1075, 1025], benchmark.Equity);
        Assert.Equal("equal weight", benchmark.Name);
        Assert.Equal(-0.025, benchmark.ExcessReturn, 1e-12);
        Assert.Equal((1025.0 / 1075) - 1, benchmark.MaxDrawdown, 1e-12);
    }

    [Fact]
    public void Who_always_holds_what_he_is_compared_with_has_a_beta_of_one()
    {
        var closes = Closes(200);
        var settings = Given.Free with { InitialCash = 1_000_000 };
        var instrument = new BacktestInstrument("X", Given.Closes(closes)) { UnitStep = 0.0001m };

        var report = Given.Run(
            [instrument], [new() { Actions = Given.Actions(200, (0, EnterLong)) }], settings, false);

        Assert.Equal(1, report.Benchmark!.Beta!.Value, 1e-3);
        Assert.Equal(1, report.Benchmark.Correlation!.Value, 1e-6);
        Assert.Equal(1, report.Benchmark.UpCapture!.Value, 1e-3);
    }

    [Fact]
    public void Intervals_hold_the_figure_and_the_seed_fixes_them()
    {
        var settings = Given.Free with { BootstrapSamples = 500, Seed = 4 };
        var first = Intervals(settings);

        Assert.Equal(
            [
                "cagr", "volatility", "sharpe", "sortino", "max_drawdown", "calmar",
                "win_rate", "profit_factor", "expectancy",
            ],
            first.Intervals.Select(interval => interval.Metric));
        Assert.All(
            first.Intervals.Where(interval => interval.Metric is not ("max_drawdown" or "calmar")),
            interval => Assert.InRange(interval.Value, interval.Low, interval.High));
        Assert.All(first.Intervals, interval => Assert.True(interval.Low < interval.High));
        Assert.Equal(first.Intervals, Intervals(settings).Intervals);
        Assert.NotEqual(first.Intervals, Intervals(settings with { Seed = 5 }).Intervals);

        static BacktestReport Intervals(BacktestSettings settings) => Given.Run(
            Given.Closes(Closes(300)),
            new() { Actions = Enumerable.Range(0, 300).Select(Rhythm).ToArray() },
            settings);
    }

    [Fact]
    public void The_interval_of_a_mean_is_as_wide_as_theory_says()
    {
        // The Sharpe ratio of n independent normal days has a standard error of sqrt(252 / n) (A. Lo, 2002).
        var random = new SeededRandom(11, "theory");
        var closes = new double[1000];
        var price = 100.0;
        for (var day = 0; day < closes.Length; day++)
        {
            price *= 1 + (0.01 * random.NextNormal());
            closes[day] = price;
        }

        var report = Given.Run(
            [new("X", Given.Closes(closes)) { UnitStep = 0.00001m }],
            [new() { Actions = Given.Actions(1000, (0, EnterLong)) }],
            Given.Free with { BootstrapSamples = 2000 },
            false);

        var interval = report.Intervals.Single(known => known.Metric == "sharpe");
        Assert.InRange((interval.High - interval.Low) / (2 * 1.96 * Math.Sqrt(252.0 / 1000)), 0.8, 1.2);
    }

    [Fact]
    public void The_stamp_tells_different_data_apart()
    {
        var (first, second) = (Given.Closes(1, 2, 3), Given.Closes(1, 2, 3.5));

        Assert.Equal(DataVersion.Of([new("X", first)]), DataVersion.Of([new("X", Given.Closes(1, 2, 3))]));
        Assert.Equal(4, new[]
        {
            DataVersion.Of([new("X", first)]),
            DataVersion.Of([new("Y", first)]),
            DataVersion.Of([new("X", second)]),
            DataVersion.Of([new("X", first) { Dividends = [new(new(2024, 1, 2), 0.5m)] }]),
        }.Distinct().Count());
    }

    [Fact]
    public void Columns_of_equity_fit_one_another()
    {
        var report = Given.Run(
            Given.Closes(100, 100, 80, 120), new() { Actions = Given.Actions(4, (0, EnterLong)) }, Given.Free);

        Assert.Equal([0, 0, -0.2, 0], report.Equity.Drawdown().Select(value => Math.Round(value, 12)));
        Assert.Equal([0, 1, 1, 0], report.Equity.Exposure());
        Assert.Equal(0.5, report.Performance.TimeInMarket);
        Assert.Equal(-0.2, report.Performance.MaxDrawdown, 1e-12);
        Assert.Equal(report.Performance.MaxDrawdown, report.Drawdowns[0].Depth, 1e-15);
        // 10 units bought at 100 and sold at 120, over a mean equity of 1,000 and 3 days.
        Assert.Equal(2200.0 / 1000 * 365 / 3, report.Performance.Turnover!.Value, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_allocated_per_bar_but_the_columns_of_the_report(bool isPortfolio)
    {
        // Compiled and warm before it is measured.
        Allocated(1000, isPortfolio);

        var (few, many) = (Allocated(200_000, isPortfolio), Allocated(400_000, isPortfolio));

        // Equity and what was invested: two columns of eight bytes; the runtime counts in pieces of some kilobytes.
        Assert.Equal(16.0, (many - few) / 200_000.0, 0.5);
    }

    private static long Allocated(int bars, bool isPortfolio)
    {
        var prices = new double[bars];
        Array.Fill(prices, 100);
        var times = Enumerable.Range(0, bars).Select(bar => Given.Start.AddSeconds(bar)).ToArray();
        var instrument = new BacktestInstrument("X", new(times, prices, prices, prices, prices, prices))
        {
            Dividends = isPortfolio ? [new(DateOnly.MaxValue, 0)] : [],
        };
        var input = Given.Input([instrument], Given.Free) with { Benchmark = null };
        StrategyDecisions[] decisions = [new() { Actions = Given.Actions(bars, (0, EnterLong)) }];
        var before = GC.GetAllocatedBytesForCurrentThread();
        BacktestEngine.Run(input, decisions, TestContext.Current.CancellationToken);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static StrategyAction Rhythm(int bar) => (bar % 9) switch
    {
        0 => EnterLong,
        6 => ExitLong,
        _ => None,
    };

    private static StrategyDecisions Idle(int bars) => new() { Actions = new StrategyAction[bars] };

    private static double[] Closes(int count)
    {
        var random = new SeededRandom(2, "report test");
        var price = 40.0;
        return [.. Enumerable.Range(0, count).Select(_ => Math.Round(price *= Math.Exp(0.02 * random.NextNormal()), 2))];
    }
}

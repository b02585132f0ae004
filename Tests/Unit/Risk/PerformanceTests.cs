using System.Reflection;
using System.Text.Json;
using Trading.Domain.Risk;

namespace Trading.Tests.Unit.Risk;

public sealed class PerformanceTests
{
    private static readonly DateTime _start = new(2023, 12, 31, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Growth_a_year_counts_actual_days()
    {
        Assert.Equal(0.1, Growth.Cagr(100, 110, 365)!.Value, 1e-12);
        Assert.Equal(0.21, Growth.Cagr(100, 110, 182.5)!.Value, 1e-12);
        Assert.Null(Growth.Cagr(100, 110, 0.5));
        Assert.Null(Growth.Cagr(100, 0, 365));
    }

    [Fact]
    public void Intraday_equity_is_reduced_to_days_first()
    {
        DateTime[] times = [_start, _start.AddHours(2), _start.AddHours(13), _start.AddHours(37), _start.AddHours(40)];

        var daily = DailyEquity.Of(100, times, [100, 110, 99, 105, 108.9]);

        Assert.Equal([times[1], times[2], times[4]], daily.Times.ToArray());
        Assert.Equal([0.1, -0.1, 0.1], daily.Returns.ToArray().Select(value => Math.Round(value, 12)));
        Assert.Equal(
            [(2023, 12, 0.1), (2024, 1, -0.01)],
            MonthlyTable.Of(100, daily).Select(month => (month.Year, month.Month, Math.Round(month.Return, 12))));
    }

    [Fact]
    public void A_bar_that_closes_at_midnight_is_of_the_day_and_month_that_end_then()
    {
        // 31 December, 1 January and 31 January, as a coin's days close; then the first hour of 1 February.
        DateTime[] times =
        [
            new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            new(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc),
            new(2024, 2, 1, 0, 0, 0, DateTimeKind.Utc),
            new(2024, 2, 1, 1, 0, 0, DateTimeKind.Utc),
        ];

        var daily = DailyEquity.Of(100, times, [110, 121, 242, 121]);

        Assert.Equal(times, daily.Times.ToArray());
        Assert.Equal(
            [(2023, 12, 0.1), (2024, 1, 1.2), (2024, 2, -0.5)],
            MonthlyTable.Of(100, daily).Select(month => (month.Year, month.Month, Math.Round(month.Return, 12))));
    }

    [Fact]
    public void Hours_of_a_day_that_never_closes_go_from_midnight_to_midnight()
    {
        DateTime[] times =
            [.. Enumerable.Range(1, 48).Select(hour => new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(hour))];

        var daily = DailyEquity.Of(1, times, [.. Enumerable.Range(1, 48).Select(hour => (double)hour)]);

        Assert.Equal([24, 48], daily.Equity.ToArray());
        Assert.Equal([times[23], times[47]], daily.Times.ToArray());
    }

    [Fact]
    public void The_risk_free_rate_lowers_the_ratios_and_is_stated()
    {
        double[] equity = [101, 100, 103, 102, 105];
        var free = Judge(equity, 0);
        var charged = Judge(equity, 0.05);

        Assert.Equal(0.05, charged.RiskFreeRate);
        // The deviation is the same: the difference is the rate for the volatility.
        Assert.Equal(0.05 / free.Volatility!.Value, (free.Sharpe - charged.Sharpe)!.Value, 1e-10);
        Assert.True(charged.Sortino < free.Sortino);
    }

    [Fact]
    public void An_account_that_rests_has_no_ratios()
    {
        var metrics = Judge([100, 100, 100], 0);

        Assert.Equal((0, 0, 0), (metrics.TotalReturn, metrics.Cagr, metrics.Volatility));
        Assert.Equal(
            [null, null, null, null, null, null],
            new[]
            {
                metrics.Sharpe, metrics.Sortino, metrics.Calmar, metrics.Skewness, metrics.Kurtosis,
                metrics.ProbabilisticSharpe,
            });
    }

    [Fact]
    public void The_conditional_value_at_risk_is_the_mean_of_the_returns_at_or_below_it()
    {
        double[] returns = [.. Enumerable.Range(1, 41).Select(rank => rank / 100.0).Reverse()];

        // The third of 41 values is the 5 % quantile.
        var (atRisk, conditional) = ReturnStatistics.ValueAtRisk(returns, 0.05);

        Assert.Equal((0.03, 0.02), (Math.Round(atRisk!.Value, 12), Math.Round(conditional!.Value, 12)));
    }

    [Fact]
    public void Regression_finds_the_line_that_returns_were_made_of()
    {
        double[] benchmark = [0.01, -0.02, 0.03, 0.0, -0.01];
        double[] returns = [.. benchmark.Select(value => 0.001 + (1.5 * value))];

        var fit = BenchmarkRegression.Of(returns, benchmark, 0, 252);

        Assert.Equal(1.5, fit.Beta!.Value, 1e-12);
        Assert.Equal(0.252, fit.Alpha!.Value, 1e-12);
        Assert.Equal(1, fit.Correlation!.Value, 1e-12);
        Assert.Equal((0.001 + (1.5 * 0.02)) / 0.02, fit.UpCapture!.Value, 1e-12);
        Assert.Equal((0.001 + (1.5 * -0.015)) / -0.015, fit.DownCapture!.Value, 1e-12);
        Assert.Null(BenchmarkRegression.Of(returns, new double[5], 0, 252).Beta);
    }

    [Theory]
    [InlineData(typeof(PerformanceMetrics), "")]
    [InlineData(typeof(TradeMetrics), "")]
    [InlineData(typeof(BenchmarkComparison), "benchmark_")]
    public void Every_figure_has_a_definition(Type figures, string prefix)
    {
        var names = MetricDefinitions.All.Select(definition => definition.Name).ToHashSet();
        var own = figures.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.Name)
            .Where(name => name is not (nameof(BenchmarkComparison.Name) or nameof(BenchmarkComparison.Equity)))
            .Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ToArray();

        Assert.NotEmpty(own);
        Assert.All(own, name => Assert.True(names.Contains(name) || names.Contains(prefix + name), name));
        Assert.Equal(MetricDefinitions.All.Count, names.Count);
    }

    [Fact]
    public void The_lowest_values_are_those_of_sorting()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            double[] values = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => (double)random.Next(-20, 20))];
            var tail = random.NextDouble();
            var sorted = values.Order().ToArray();
            var position = tail * (sorted.Length - 1);
            var below = sorted[(int)Math.Floor(position)];
            var above = sorted[(int)Math.Ceiling(position)];

            var (atRisk, conditional) = ReturnStatistics.ValueAtRisk(values, tail);

            Assert.Equal(below + ((position - Math.Floor(position)) * (above - below)), atRisk!.Value, 1e-12);
            Assert.Equal(sorted.Where(value => value <= atRisk).Average(), conditional!.Value, 1e-12);
        }
    }

    private static PerformanceMetrics Judge(double[] equity, double riskFreeRate)
    {
        DateTime[] times = [.. Enumerable.Range(0, equity.Length).Select(day => _start.AddDays(day))];
        return PerformanceAnalysis.Of(
            new() { Initial = 100, Times = times, Equity = equity, Daily = DailyEquity.Of(100, times, equity) },
            riskFreeRate,
            252);
    }
}

using System.Text.Json;
using Trading.Domain.Risk;

namespace Trading.Tests.Unit.Risk;

/// <summary>
/// Figures against those of empyrical (quantopian/empyrical, tests/test_stats.py), where the definitions agree. They do
/// not for alpha, which it compounds; annual return and capture ratio, which it takes by rows and not by days; and the
/// Omega ratio, which is not shown. Missing returns, which it skips, do not occur: series start after theirs.
/// </summary>
public sealed class EmpyricalTests
{
    private const int PeriodsPerYear = 252;

    [Theory]
    [InlineData("total_return", 3)]
    [InlineData("max_drawdown", 4)]
    [InlineData("annual_volatility", 1)]
    [InlineData("sharpe_ratio", 2)]
    [InlineData("downside_risk", 1)]
    [InlineData("sortino_ratio", 1)]
    [InlineData("information_ratio_unannualised", 1)]
    [InlineData("alpha_beta", 2)]
    [InlineData("value_at_risk", 3)]
    public void The_figure_is_that_of_empyrical(string metric, int cases)
    {
        using var vector = Vector();
        var known = vector.RootElement.GetProperty("cases").EnumerateArray()
            .Where(known => known.GetProperty("metric").GetString() == metric).ToArray();
        Assert.Equal(cases, known.Length);
        Assert.All(known, example => Compare(metric, example, vector.RootElement.GetProperty("series_percent")));
    }

    private static JsonDocument Vector() =>
        JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("vectors/performance/empyrical-cases.json")));

    private static void Compare(string metric, JsonElement example, JsonElement series)
    {
        var input = example.GetProperty("input");
        var expected = example.GetProperty("expected");
        var actual = Measure(metric, input, series);
        if (expected.ValueKind == JsonValueKind.Array)
        {
            expected = expected[1];
        }

        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }

        Assert.NotNull(actual);
        Assert.Equal(expected.GetDouble(), actual.Value, example.GetProperty("tolerance").GetDouble());
    }

    private static double? Measure(string metric, JsonElement input, JsonElement series)
    {
        if (metric == "value_at_risk")
        {
            var items = input.GetProperty("returns_literal").EnumerateArray();
            double[] literal = [.. items.Select(item => item.GetDouble())];
            return ReturnStatistics.ValueAtRisk(literal, input.GetProperty("cutoff").GetDouble()).AtRisk;
        }

        var returns = Series("returns");
        var statistics = new ReturnStatistics(returns, 0, PeriodsPerYear);
        return metric switch
        {
            "total_return" => Total(returns, input.GetProperty("starting_value").GetDouble()),
            // Of no days empyrical gives none; an account of no days has not fallen.
            "max_drawdown" => returns.Length == 0 ? null : DrawdownTable.Maximum(1, Grown(returns)).Deepest,
            "annual_volatility" => statistics.Volatility,
            "sharpe_ratio" => statistics.Sharpe,
            "downside_risk" => statistics.DownsideDeviation,
            "sortino_ratio" => statistics.Sortino,
            "information_ratio_unannualised" => Excess(returns, Series("factor_returns")).PeriodSharpe,
            _ => BenchmarkRegression.Of(returns, Series("factor_returns"), 0, PeriodsPerYear).Beta,
        };

        double[] Series(string name) =>
        [
            .. series.GetProperty(input.GetProperty(name).GetString()!).EnumerateArray()
                .Where(item => item.ValueKind != JsonValueKind.Null).Select(item => item.GetDouble() / 100),
        ];
    }

    private static double[] Grown(double[] returns)
    {
        var equity = 1.0;
        return [.. returns.Select(value => equity *= 1 + value)];
    }

    private static double Total(double[] returns, double start) =>
        start > 0 ? start * Grown(returns)[^1] : Grown(returns)[^1] - 1;

    private static ReturnStatistics Excess(double[] returns, double[] factor) =>
        new([.. returns.Zip(factor[^returns.Length..], (own, other) => own - other)], 0, PeriodsPerYear);
}

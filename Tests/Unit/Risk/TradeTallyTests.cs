using System.Text.Json;
using Trading.Domain.Risk;

namespace Trading.Tests.Unit.Risk;

/// <summary>
/// Against Lean's trade statistics, where the definitions agree: Lean leaves fees out of profits, and gives 10 for a
/// profit factor without losses, and 0 for other figures that are undefined.
/// </summary>
public sealed class TradeTallyTests
{
    private static readonly TradeOutcome _win = new(10, 0.1, 2, 3, -1, 12, 0.5);
    private static readonly TradeOutcome _loss = new(-4, -0.04, -1, 1, -5, 1, 0.5);
    private static readonly TradeOutcome _even = new(0, 0, null, 2, -2, 2, 0.5);

    [Fact]
    public void The_figures_are_those_of_lean()
    {
        using var vector = JsonDocument.Parse(
            File.ReadAllText(SharedData.PathOf("vectors/performance/lean-trade-statistics.json")));
        Assert.All(vector.RootElement.GetProperty("cases").EnumerateArray(), Compare);
    }

    [Fact]
    public void What_is_undefined_is_null()
    {
        var none = Metrics();
        Assert.Equal(
            [null, null, null, null, null, null, null, null, null, null, null],
            new double?[]
            {
                none.WinRate, none.ProfitFactor, none.Expectancy, none.ExpectancyR, none.AverageWin, none.AverageLoss,
                none.LargestWin, none.LargestLoss, none.BestReturn, none.WorstReturn, none.AverageBarsHeld,
            });
        Assert.Null(Metrics(_win).ProfitFactor);
        Assert.Null(Metrics(_win).AverageLoss);
        Assert.Equal(0, Metrics(_loss).ProfitFactor);
    }

    [Fact]
    public void Breaking_even_is_no_win_and_ends_a_run()
    {
        var metrics = Metrics(_win, _win, _even, _win, _loss, _loss, _loss, _even);

        Assert.Equal((8, 3, 3), (metrics.Trades, metrics.Wins, metrics.Losses));
        Assert.Equal(3.0 / 8, metrics.WinRate);
        Assert.Equal((2, 3), (metrics.LongestWinningRun, metrics.LongestLosingRun));
        Assert.Equal(18.0 / 8, metrics.Expectancy);
        Assert.Equal(30.0 / 12, metrics.ProfitFactor);
    }

    [Fact]
    public void Expectancy_in_r_is_over_trades_with_a_stop()
    {
        Assert.Equal(0.5, Metrics(_win, _loss, _even).ExpectancyR);
    }

    private static TradeMetrics Metrics(params TradeOutcome[] trades)
    {
        var tally = new TradeTally();
        Array.ForEach(trades, trade => tally.Add(trade));
        return tally.ToMetrics();
    }

    private static void Compare(JsonElement example)
    {
        var metrics = Metrics([.. example.GetProperty("trades").EnumerateArray().Select(Outcome)]);
        var expected = example.GetProperty("expected");
        Equal("totalNumberOfTrades", metrics.Trades);
        Equal("numberOfWinningTrades", metrics.Wins);
        Equal("numberOfLosingTrades", metrics.Losses);
        Equal("totalProfitLoss", metrics.NetProfit);
        Equal("totalProfit", metrics.GrossProfit);
        Equal("totalLoss", metrics.GrossLoss);
        Equal("largestProfit", metrics.LargestWin);
        Equal("largestLoss", metrics.LargestLoss);
        Equal("averageProfitLoss", metrics.Expectancy);
        Equal("averageProfit", metrics.AverageWin);
        Equal("averageLoss", metrics.AverageLoss);
        Equal("maxConsecutiveWinningTrades", metrics.LongestWinningRun);
        Equal("maxConsecutiveLosingTrades", metrics.LongestLosingRun);
        Equal("winRate", metrics.WinRate);
        Equal("averageMAE", metrics.AverageAdverseExcursion);
        Equal("averageMFE", metrics.AverageFavourableExcursion);
        Equal("totalFees", metrics.Fees);
        if (metrics.Losses > 0)
        {
            Equal("profitFactor", metrics.ProfitFactor);
        }

        void Equal(string name, double? actual) => Assert.Equal(Number(expected, name), actual ?? 0, 1e-12);
    }

    private static TradeOutcome Outcome(JsonElement trade) => new(
        Number(trade, "profitLoss"),
        0,
        null,
        0,
        Number(trade, "mae"),
        Number(trade, "mfe"),
        Number(trade, "totalFees"));

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}

using System.Globalization;
using System.Text.Json;
using Trading.Domain.Strategies;
using Trading.Domain.Strategies.BuiltIn;

namespace Trading.Tests.Unit.Strategies;

public sealed class BuiltInTests
{
    private const string Cross =
        """
        param fast = 10 in 2..100
        param slow = 30 in 5..300
        entry: crosses_above(sma(fast), sma(slow))
        exit: crosses_below(sma(fast), sma(slow))
        short_entry: crosses_below(sma(fast), sma(slow))
        short_exit: crosses_above(sma(fast), sma(slow))
        """;

    // ../shared/data/vectors/backtest/sma-cross-goog.json: figures of backtesting.py.
    [Fact]
    public void A_moving_average_cross_trades_GOOG_as_another_engine_does()
    {
        var history = Histories.Goog();
        using var vector = JsonDocument.Parse(
            File.ReadAllText(SharedData.PathOf("vectors/backtest/sma-cross-goog.json")));

        var trades = TradesOf(Strategy.Decide(Cross, history), history, 10_000);

        var expected = vector.RootElement.GetProperty("expected");
        Assert.Equal(expected.GetProperty("# Trades").GetInt32(), trades.Count);
        Assert.Equal(expected.GetProperty("Equity Final [$]").GetDouble(), 10_000 + trades.Sum(trade => trade.Profit), 1e-4);
        foreach (var (want, trade) in vector.RootElement.GetProperty("firstThreeTrades").EnumerateArray().Zip(trades))
        {
            Assert.Equal(want.GetProperty("size").GetDouble(), trade.Size);
            Assert.Equal(want.GetProperty("entryDate").GetString(), DateOf(history, trade.Entry));
            Assert.Equal(want.GetProperty("exitDate").GetString(), DateOf(history, trade.Exit));
        }
    }

    [Fact]
    public void The_built_in_cross_enters_where_the_other_engine_goes_long()
    {
        var history = Histories.Goog();
        Assert.True(StrategyCatalog.TryFind("ma_cross", out var builtIn));

        var decisions = builtIn.Strategy.Decide(history, [10, 30], TestContext.Current.CancellationToken);

        var both = Strategy.Decide(Cross, history);
        Assert.Equal("2004-12-21", DateOf(history, Strategy.BarsOf(decisions, StrategyAction.EnterLong)[0] + 1));
        Assert.Equal(
            Strategy.BarsOf(both, StrategyAction.EnterLong), Strategy.BarsOf(decisions, StrategyAction.EnterLong));
        Assert.Equal(
            Strategy.BarsOf(both, StrategyAction.ExitLong), Strategy.BarsOf(decisions, StrategyAction.ExitLong));
    }

    [Theory]
    [InlineData("ma_cross")]
    [InlineData("rsi_reversion")]
    [InlineData("bollinger_breakout")]
    [InlineData("macd")]
    [InlineData("momentum")]
    public void Each_trades_now_and_then_on_recorded_prices(string name)
    {
        var history = Histories.Goog();
        Assert.True(StrategyCatalog.TryFind(name, out var builtIn));
        double[] defaults = [.. builtIn.Strategy.Parameters.Select(parameter => parameter.Default)];

        var decisions = builtIn.Strategy.Decide(history, defaults, TestContext.Current.CancellationToken);

        Assert.InRange(Strategy.BarsOf(decisions, StrategyAction.EnterLong).Length, 5, 1500);
        Assert.InRange(Strategy.BarsOf(decisions, StrategyAction.ExitLong).Length, 5, 1500);
        Assert.Equal(name, builtIn.Name);
        Assert.NotNull(builtIn.Source);
    }

    // The rules of the vector: whole shares, all the cash, at the next open, always in the market after the first cross.
    private static List<(double Size, int Entry, int Exit, double Profit)> TradesOf(
        StrategyDecisions decisions, PriceHistory history, double cash)
    {
        var trades = new List<(double, int, int, double)>();
        var open = history.Open.Span;
        var actions = decisions.Actions.Span;
        var (size, entry) = (0.0, 0);
        for (var bar = 0; bar < history.Count - 1; bar++)
        {
            var isLast = bar == history.Count - 2;
            if (actions[bar] == StrategyAction.None && !isLast)
            {
                continue;
            }

            if (size != 0)
            {
                var profit = size * (open[bar + 1] - open[entry]);
                trades.Add((size, entry, bar + 1, profit));
                cash += profit;
            }

            size = Math.Floor(cash / open[bar + 1]) * (actions[bar].HasFlag(StrategyAction.EnterLong) ? 1 : -1);
            entry = bar + 1;
        }

        return trades;
    }

    private static string DateOf(PriceHistory history, int bar) =>
        history.Times.Span[bar].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

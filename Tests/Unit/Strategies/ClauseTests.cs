using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Strategies;

public sealed class ClauseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_rule_becomes_its_action()
    {
        var decisions = Strategy.Decide(
            """
            entry: close == 1
            exit: close == 2
            short_entry: close == 2
            short_exit: close == 3
            """,
            Histories.Of(1, 2, 3, 4));

        Assert.Equal(
            [StrategyAction.EnterLong, StrategyAction.ExitLong | StrategyAction.EnterShort, StrategyAction.ExitShort, 0],
            decisions.Actions.ToArray());
    }

    [Fact]
    public void Nothing_is_said_of_what_is_not_written()
    {
        var decisions = Strategy.Decide("entry: close > 1", Histories.Of(1, 2));

        Assert.True(decisions.StopDistance.IsEmpty);
        Assert.True(decisions.TargetDistance.IsEmpty);
        Assert.Null(decisions.ExpiryBars);
        Assert.Equal(PositionSize.AllEquity, decisions.Size);
    }

    [Theory]
    [InlineData("5%", 5.0, 10.0)]
    [InlineData("3", 3.0, 3.0)]
    [InlineData("10% * close", 10.0, 20.0)]
    [InlineData("close - 150", double.NaN, 50.0)]
    [InlineData("close - close[1]", double.NaN, 100.0)]
    public void Distances_are_in_currency_above_zero(string distance, params double[] expected)
    {
        var decisions = Strategy.Decide($"entry: close > 1\nstop: {distance}\ntarget: {distance}", Histories.Of(100, 200));

        Assert.Equal(expected, decisions.StopDistance.ToArray());
        Assert.Equal(expected, decisions.TargetDistance.ToArray());
    }

    [Theory]
    [InlineData("risk(1%)\nstop: 1", PositionSizeRule.Risk, 0.01)]
    [InlineData("equity(50%)", PositionSizeRule.Equity, 0.5)]
    [InlineData("cash(1000)", PositionSizeRule.Cash, 1000)]
    [InlineData("units(2.5)", PositionSizeRule.Units, 2.5)]
    public void Sizes_are_as_written(string size, PositionSizeRule rule, double amount) => Assert.Equal(
        new PositionSize(rule, amount),
        Strategy.Decide($"entry: close > 1\nsize: {size}", Histories.Of(1)).Size);

    [Fact]
    public void Parameters_have_defaults_ranges_and_steps()
    {
        var strategy = Strategy.Of(
            """
            param fast = 12 in 5..50 step 5   # bars
            param width = 2.5 in 0.5..4
            param loss = 5% in 1%..20%
            entry: close > bollinger(fast, width).upper
            stop: loss
            expiry: 2 * fast bars
            """);

        Assert.Equal(
            [
                new("fast", 12, 5, 50, true) { Step = 5 },
                new("width", 2.5, 0.5, 4, false),
                new("loss", 0.05, 0.01, 0.2, false),
            ],
            strategy.Parameters);
        Assert.Equal(["bollinger(12, 2.5)"], strategy.Indicators);
        Assert.Equal(40, strategy.Decide(Histories.Of(100), [20, 2, 0.1], Cancellation).ExpiryBars);
        Assert.Equal([10], strategy.Decide(Histories.Of(100), [20, 2, 0.1], Cancellation).StopDistance.ToArray());
    }

    [Theory]
    [InlineData(4.0)]
    [InlineData(51.0)]
    [InlineData(12.5)]
    [InlineData(double.NaN)]
    public void Arguments_out_of_range_are_refused(double fast)
    {
        var strategy = Strategy.Of("param fast = 12 in 5..50\nentry: close > ema(fast)");

        Assert.Throws<ArgumentException>(() => strategy.Decide(Histories.Of(1), [fast], Cancellation));
        Assert.Throws<ArgumentException>(() => strategy.Decide(Histories.Of(1), [], Cancellation));
    }

    [Fact]
    public void A_rule_may_go_on_in_the_next_line()
    {
        var strategy = Strategy.Of(
            """
            let trend = max(
                sma(2),    # within brackets
                sma(3))

            entry: close > trend
                and volume > 0
                or close < 0
            exit: close < trend
            """);

        Assert.Equal(["sma(2)", "sma(3)"], strategy.Indicators);
    }

    [Fact]
    public void What_is_written_twice_is_computed_once()
    {
        var strategy = Strategy.Of(
            """
            let a = ema(close, 12) - ema(26)
            entry: crosses_above(ema(12), ema(close, 26)) and a > 0 and macd.signal > macd(12, 26, 9).macd
            exit: ema(12) - ema(26) < 0
            """);

        Assert.Equal(["ema(12)", "ema(26)", "macd(12, 26, 9)"], strategy.Indicators);
    }

    // By the first index of each indicator: docs/indicators.md.
    [Theory]
    [InlineData("close > 1", 0, 0)]
    [InlineData("close > sma(30)", 29, 29)]
    [InlineData("crosses_above(sma(10), sma(30))", 30, 30)]
    [InlineData("crosses_above(ema(10), ema(30))", 30, 301)]
    [InlineData("rsi(14) > 50 and close[20] > 1", 20, 140)]
    [InlineData("sma(rsi(14), 10)[5] > 1", 28, 154)]
    public void Warm_up_is_what_its_indicators_need(string condition, int first, int settled)
    {
        var strategy = Strategy.Of($"entry: {condition}");

        Assert.Equal(first, strategy.WarmUp([]));
        Assert.Equal(settled, strategy.Settling([]));
    }

    [Fact]
    public void A_history_of_no_bars_gives_no_decisions() =>
        Assert.Equal(0, Strategy.Decide("entry: crosses_above(close, sma(2))", Histories.Of()).Actions.Length);

    [Fact]
    public void A_run_can_be_given_up()
    {
        var strategy = Strategy.Of("entry: close > sma(2)");

        Assert.Throws<OperationCanceledException>(() =>
            strategy.Decide(Histories.Of(1), [], new CancellationToken(canceled: true)));
    }
}

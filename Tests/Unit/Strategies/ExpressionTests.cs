namespace Trading.Tests.Unit.Strategies;

/// <summary>What expressions mean, by examples worked by hand.</summary>
public sealed class ExpressionTests
{
    private const double None = double.NaN;

    [Theory]
    [InlineData("close + 2 * 3", 7.0, 8.0, 9.0)]
    [InlineData("(close + 2) * 3", 9.0, 12.0, 15.0)]
    [InlineData("10 - close - 1", 8.0, 7.0, 6.0)]
    [InlineData("12 / close / 2", 6.0, 3.0, 2.0)]
    [InlineData("-close", -1.0, -2.0, -3.0)]
    [InlineData("--close", 1.0, 2.0, 3.0)]
    [InlineData("2 - -close", 3.0, 4.0, 5.0)]
    [InlineData("50% * close", 0.5, 1.0, 1.5)]
    [InlineData("close * (1 + 50%)", 1.5, 3.0, 4.5)]
    [InlineData("close[1]", None, 1.0, 2.0)]
    [InlineData("previous(close)", None, 1.0, 2.0)]
    [InlineData("previous(close, 2)", None, None, 1.0)]
    [InlineData("close[0]", 1.0, 2.0, 3.0)]
    [InlineData("close - close[1]", None, 1.0, 1.0)]
    [InlineData("high - low", 2.0, 2.0, 2.0)]
    [InlineData("volume / 1000", 1.0, 1.0, 1.0)]
    [InlineData("highest(close, 2)", None, 2.0, 3.0)]
    [InlineData("lowest(close, 2)", None, 1.0, 2.0)]
    [InlineData("highest(-close, 2)", None, -1.0, -2.0)]
    [InlineData("sma(2)", None, 1.5, 2.5)]
    [InlineData("sma(close * 2, 2)", None, 3.0, 5.0)]
    [InlineData("sma(sma(2), 2)", None, None, 2.0)]
    [InlineData("donchian(2).upper", None, 3.0, 4.0)]
    [InlineData("min(close, 2)", 1.0, 2.0, 2.0)]
    [InlineData("max(close, 2, high)", 2.0, 3.0, 4.0)]
    [InlineData("abs(close - 2)", 1.0, 0.0, 1.0)]
    [InlineData("sqrt(close - 2)", None, 0.0, 1.0)]
    [InlineData("1 / (close - 2)", -1.0, None, 1.0)]
    [InlineData("log(close - 1)", None, 0.0, 0.6931471805599453)]
    [InlineData("round(close / 2)", 1.0, 1.0, 2.0)]
    [InlineData("round(5 / 2)", 3.0, 3.0, 3.0)]
    public void Numbers_follow_from_the_bars(string expression, params double[] expected)
    {
        var values = Strategy.Values(expression, 1, 2, 3);

        Assert.Equal(expected, values, (left, right) => left.Equals(right) || Math.Abs(left - right) < 1e-12);
    }

    [Theory]
    [InlineData("close > 2", 2, 3)]
    [InlineData("close >= 2", 1, 2, 3)]
    [InlineData("close < 2", 0, 4)]
    [InlineData("close <= 2", 0, 1, 4)]
    [InlineData("close == 3", 2, 3)]
    [InlineData("close != 3", 0, 1, 4)]
    [InlineData("2 < close", 2, 3)]
    [InlineData("close > 1 and close < 3", 1)]
    [InlineData("close < 2 or close == 3 and volume > 1000", 0, 4)]
    [InlineData("not close > 2", 0, 1, 4)]
    [InlineData("not (close > 1 and close < 3)", 0, 2, 3, 4)]
    [InlineData("not not close > 2", 2, 3)]
    [InlineData("crosses_above(close, 2)", 2)]
    [InlineData("crosses_below(close, 2)", 4)]
    [InlineData("crosses_above(2, close)", 4)]
    [InlineData("previous(close > 2)", 3, 4)]
    [InlineData("(close > 2)[2]", 4)]
    [InlineData("1 < 2", 0, 1, 2, 3, 4)]
    public void Conditions_hold_at_the_bars_where_they_should(string condition, params int[] expected) =>
        Assert.Equal(expected, Strategy.Holds(condition, 1, 2, 3, 3, 1));

    // The first bar has no bar before: neither a comparison with it holds, nor its denial.
    [Theory]
    [InlineData("close[1] < 5", 1, 2, 3, 4)]
    [InlineData("not close[1] < 5")]
    [InlineData("not close[1] >= 5", 1, 2, 3, 4)]
    [InlineData("not close[1] == 5", 1, 2, 3, 4)]
    [InlineData("close[1] != 5", 1, 2, 3, 4)]
    [InlineData("not (close[1] < 5 or close > 9)")]
    [InlineData("not (close[1] < 5 and close > 9)", 0, 1, 2, 3, 4)]
    [InlineData("not crosses_above(close, 2)", 1, 3, 4)]
    [InlineData("not previous(close > 2)", 1, 2)]
    [InlineData("1 / (close - close) < 1")]
    [InlineData("not 1 / (close - close) < 1")]
    public void What_is_undefined_makes_a_comparison_and_its_denial_false(string condition, params int[] expected) =>
        Assert.Equal(expected, Strategy.Holds(condition, 1, 2, 3, 3, 1));

    [Fact]
    public void A_touch_is_a_cross_once_it_is_passed()
    {
        Assert.Equal([2], Strategy.Holds("crosses_above(close, 2)", 1, 2, 3, 4));
        Assert.Equal([3], Strategy.Holds("crosses_below(close, 2)", 4, 3, 2, 1));
    }

    [Fact]
    public void Long_columns_give_what_short_ones_do()
    {
        double[] closes = [.. Enumerable.Range(0, 41).Select(bar => (double)(bar * 7 % 5))];

        var holds = Strategy.Holds("crosses_above(close, close[1]) or not (close <= 2 or close * 2 < 4)", closes);

        // Counted by the definitions, bar by bar.
        Assert.Equal(
            Enumerable.Range(0, 41).Where(bar => closes[bar] > 2
                || (bar > 1 && closes[bar - 1] <= closes[bar - 2] && closes[bar] > closes[bar - 1])),
            holds);
    }
}

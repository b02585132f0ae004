namespace Trading.Tests.Unit.Indicators;

/// <summary>Worked examples of the literature, and by hand where the arithmetic fits on a line.</summary>
public sealed class ExampleTests
{
    private const double Exact = 1e-12;
    private const double None = double.NaN;

    // StockCharts ChartSchool, "Moving Averages - Simple and Exponential", its spreadsheet, with prices to the cent.
    private static readonly double[] _chartSchool =
    [
        22.27, 22.19, 22.08, 22.17, 22.18, 22.13, 22.23, 22.43, 22.24, 22.29, 22.15, 22.39, 22.38, 22.61, 23.36,
        24.05, 23.75, 23.83, 23.95, 23.63, 23.82, 23.87, 23.65, 23.19, 23.10, 23.33, 22.68, 23.10, 22.40, 22.17,
    ];

    private static readonly double[] _high = [10, 12, 11, 13, 12];
    private static readonly double[] _low = [8, 9, 9, 10, 9];
    private static readonly double[] _close = [9, 11, 10, 12, 10];
    private static readonly double[] _volume = [100, 200, 100, 300, 100];

    [Fact]
    public void Simple_average_of_ChartSchool()
    {
        double[] expected =
        [
            22.22, 22.21, 22.23, 22.26, 22.31, 22.42, 22.61, 22.77, 22.91, 23.08, 23.21, 23.38, 23.53, 23.65, 23.71,
            23.69, 23.61, 23.51, 23.43, 23.28, 23.13,
        ];

        AssertEnd(expected, Of("sma", _chartSchool, 10)[0], 0.011);
    }

    [Fact]
    public void Exponential_average_of_ChartSchool()
    {
        double[] expected =
        [
            22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.80, 22.97, 23.13, 23.28, 23.34, 23.43, 23.51, 23.54, 23.47,
            23.40, 23.39, 23.26, 23.23, 23.08, 22.92,
        ];

        AssertEnd(expected, Of("ema", _chartSchool, 10)[0], 0.011);
    }

    // StockCharts ChartSchool, "Relative Strength Index (RSI)", its spreadsheet.
    [Fact]
    public void Relative_strength_of_ChartSchool()
    {
        double[] prices =
        [
            44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931,
            46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521,
            45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
        ];
        double[] expected =
        [
            70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87,
            45.46, 37.30, 33.08, 37.77,
        ];

        AssertEnd(expected, Of("rsi", prices, 14)[0], 0.011);
    }

    [Theory]
    [InlineData(new[] { 5.0, 5, 5, 5 }, 50)]
    [InlineData(new[] { 5.0, 6, 7, 8 }, 100)]
    [InlineData(new[] { 8.0, 7, 6, 5 }, 0)]
    public void Relative_strength_at_its_ends(double[] prices, double expected)
    {
        Assert.Equal(expected, Of("rsi", prices, 3)[0][3]);
    }

    [Fact]
    public void A_flat_market_has_no_spread_and_no_position_within_it()
    {
        var market = Market.Flat(100, 0.1);

        Assert.Equal(0.1, market.Batch(Any.Named("sma"), 20)[0][99]);
        Assert.Equal([0.1, 0.1, 0.1], market.Batch(Any.Named("bollinger"), 20, 2).Select(output => output[99]));
        Assert.Equal(0, market.Batch(Any.Named("atr"), 14)[0][99]);
        Assert.Equal(0, market.Batch(Any.Named("realised_volatility"), 20, 252)[0][99]);
        Assert.Equal(None, market.Batch(Any.Named("cci"), 20)[0][99]);
        Assert.Equal(None, market.Batch(Any.Named("williams_r"), 14)[0][99]);
        Assert.Equal(None, market.Batch(Any.Named("adx"), 14)[0][99]);
        Assert.Equal(None, market.Batch(Any.Named("mfi"), 14)[0][99]);
        Assert.All(market.Batch(Any.Named("stochastic"), 14, 3, 3), output => Assert.Equal(None, output[99]));
    }

    [Fact]
    public void Undefined_values_leave_with_the_bars_that_made_them()
    {
        var market = Market.Flat(20, 7);
        (market.High[18], market.Low[18]) = (8, 6);

        var values = market.Batch(Any.Named("stochastic"), 3, 1, 2);

        // The close is half way between the low of 6 and the high of 8.
        Assert.Equal([None, 50, 50], values[0][17..]);
        Assert.Equal([None, None, 50], values[1][17..]);
    }

    [Fact]
    public void Weighted_average_by_hand()
    {
        // (1 * 2 + 2 * 4 + 3 * 9) / 6
        Assert.Equal([None, None, 37.0 / 6], Of("wma", [2, 4, 9], 3)[0]);
    }

    [Fact]
    public void Linear_regression_of_a_line_is_the_line()
    {
        AssertEnd([7, 9, 11], Of("linear_regression", [3, 5, 7, 9, 11], 3)[0], Exact);
    }

    [Fact]
    public void Moving_average_convergence_of_a_line_is_its_slope_times_the_lags_difference()
    {
        // An EMA(n) seeded on a line lags by (n - 1) / 2 bars: (26 - 1) / 2 - (12 - 1) / 2 = 7.
        var macd = Of("macd", [.. Enumerable.Range(0, 60).Select(bar => 3.0 * bar)], 12, 26, 9);

        AssertEnd([21, 21, 21], macd[0], 1e-9);
        AssertEnd([21, 21, 21], macd[1], 1e-9);
        AssertEnd([0, 0, 0], macd[2], 1e-9);
    }

    [Fact]
    public void True_range_by_hand()
    {
        // From the second bar: 12 - 9, 11 - 9, 13 - 10, 12 - 9; mean of two 2.5, then (x + before) / 2.
        Assert.Equal([None, None, 2.5, 2.75, 2.875], Bars("atr", 2)[0]);
    }

    [Fact]
    public void A_gap_counts_to_the_true_range()
    {
        var market = Market.Flat(3, 10);
        (market.High[1], market.Low[1], market.Close[1]) = (16, 15, 15);
        (market.High[2], market.Low[2], market.Close[2]) = (12, 11, 11);

        // 16 - 10, then 15 - 11.
        Assert.Equal([None, 6, 4], market.Batch(Any.Named("atr"), 1)[0]);
    }

    [Fact]
    public void Directional_movement_by_hand()
    {
        // Period 1, bar 2: up 12 - 10 = 2, no down, range 3. Bar 3: neither (9 - 9, 11 - 12). Bar 4: up 2, range 3.
        // Bar 5: down 10 - 9 = 1, range 3. A bar without movement leaves the index.
        var adx = Bars("adx", 1);

        Assert.Equal([None, 100, 100, 100, 100], adx[0]);
        AssertEnd([200.0 / 3, 0, 200.0 / 3, 0], adx[1], Exact);
        AssertEnd([0, 0, 0, 100.0 / 3], adx[2], Exact);
    }

    [Fact]
    public void Stochastic_and_Williams_by_hand()
    {
        // Bars 1 to 3: 8 to 12, close 10. Bars 2 to 4: 9 to 13, close 12. Bars 3 to 5: 9 to 13, close 10.
        var stochastic = Bars("stochastic", 3, 1, 2);

        AssertEnd([50, 75, 25], stochastic[0], Exact);
        AssertEnd([62.5, 50], stochastic[1], Exact);
        AssertEnd([-50, -25, -75], Bars("williams_r", 3)[0], Exact);
    }

    [Fact]
    public void Stochastic_of_the_relative_strength_by_hand()
    {
        // Changes 1, -1, 0.5, -0.25: gains 0.5, 0.5, 0.25 and losses 0.5, 0.25, 0.25, thus RSI(2) 50, 66.7 and 50.
        AssertEnd([100, 0], Of("stochastic_rsi", [1, 2, 1, 1.5, 1.25], 2, 2, 1, 3)[0], Exact);
    }

    [Fact]
    public void Commodity_channel_by_hand()
    {
        // Typical prices 9, 32/3, 10; mean 89/9, mean deviation (8/9 + 7/9 + 1/9) / 3 = 16/27.
        Assert.Equal((10 - (89.0 / 9)) / (0.015 * 16 / 27), Bars("cci", 3)[0][2], 1e-9);
    }

    [Fact]
    public void Volume_indicators_by_hand()
    {
        Assert.Equal([100, 300, 200, 500, 400], Bars("obv")[0]);

        // Typical prices 9, 32/3, 10, 35/3, 31/3; flows +6400/3, -1000, +3500, -3100/3.
        var inflow = 100 * (6400.0 / 3) / ((6400.0 / 3) + 1000);
        AssertEnd([inflow, 100 * 3500.0 / 4500, 100 * 3500.0 / (3500 + (3100.0 / 3))], Bars("mfi", 2)[0], 1e-9);

        AssertEnd([(900 + (6400.0 / 3)) / 300, ((6400.0 / 3) + 1000) / 300], Bars("vwap", 2)[0][..3], 1e-12);
    }

    [Fact]
    public void Session_average_starts_with_each_session()
    {
        var market = new Market(_high, _low, _close, _volume, [1, 1, 2, 2, 2]);

        var values = market.Batch(Any.Named("session_vwap"))[0];

        double[] expected = [9, (900 + (6400.0 / 3)) / 300, 10, 4500.0 / 400, (4500 + (3100.0 / 3)) / 500];
        AssertEnd(expected, values, Exact);
    }

    [Fact]
    public void Rate_of_change_is_in_percent()
    {
        Assert.Equal([None, None, 50, -25], Of("roc", [4, 8, 6, 6], 2)[0]);
        Assert.Equal([None, None], Of("roc", [0, 8], 1)[0]);
    }

    [Fact]
    public void Aroon_takes_the_latest_of_equals()
    {
        var aroon = Bars("aroon", 2);

        // Highs 10 12 11, 12 11 13, 11 13 12: ages 1, 0, 1. Lows 8 9 9, 9 9 10, 9 10 9: ages 2, 1, 0.
        AssertEnd([50, 100, 50], aroon[0], Exact);
        AssertEnd([0, 50, 100], aroon[1], Exact);
    }

    [Fact]
    public void Channels_by_hand()
    {
        Assert.Equal([None, None, 10, 11, 11], Bars("donchian", 3)[0]);
        Assert.Equal([None, None, 12, 13, 13], Bars("donchian", 3)[1]);
        Assert.Equal([None, None, 8, 9, 9], Bars("donchian", 3)[2]);

        // EMA(1) is the close; ATR(2) as above.
        var keltner = Bars("keltner", 1, 2, 2);
        Assert.Equal([None, None, 10, 12, 10], keltner[0]);
        Assert.Equal([None, None, 15, 17.5, 15.75], keltner[1]);
        Assert.Equal([None, None, 5, 6.5, 4.25], keltner[2]);
    }

    [Fact]
    public void Ichimoku_draws_the_spans_ahead_and_knows_nothing_of_the_future()
    {
        var lines = Bars("ichimoku", 1, 2, 3, 2);

        Assert.Equal([9, 10.5, 10, 11.5, 10.5], lines[0]);
        Assert.Equal([None, 10, 10.5, 11, 11], lines[1]);
        Assert.Equal([None, None, None, 10.25, 10.25], lines[2]);
        Assert.Equal([None, None, None, None, 10], lines[3]);
        Assert.Equal(_close, lines[4]);
    }

    [Fact]
    public void Parabolic_stop_by_hand()
    {
        // Long from the low of 8, extreme 12: 8 + 0.5 * (12 - 8) = 10, held to the lows 9 and 9. Low 9 reaches 9:
        // short from the extreme 12, then 12 + 0.5 * (9 - 12) = 10.5, held to the highs 12 and 11. High 13 reaches it:
        // long from 9, then 9 + 0.5 * (13 - 9) = 11, held to the lows 9 and 10; the low 9 reaches it.
        Assert.Equal([None, 8, 12, 9, 13], Bars("sar", 0.5, 0.5)[0]);
    }

    [Fact]
    public void Supertrend_by_hand()
    {
        // ATR(2) 2.5, 2.75, 2.875. Lines 10 -+ 1.25; then 11.5 - 1.375 = 10.125 follows up; the close of 10 crosses it,
        // and the line is the upper: 11.25 gave way as 12 closed above it: 10.5 + 1.4375.
        var values = Bars("supertrend", 2, 0.5);

        Assert.Equal([None, None, 8.75, 10.125, 11.9375], values[0]);
        Assert.Equal([None, None, 1, 1, -1], values[1]);
    }

    [Fact]
    public void Realised_volatility_by_hand()
    {
        // Returns 0.1 and -0.1: sample variance 0.02, of 50 bars a year.
        AssertEnd([1], Of("realised_volatility", [100, 110, 99], 2, 50)[0], Exact);
    }

    [Fact]
    public void Standard_deviation_is_of_the_population()
    {
        // The textbook's 2 4 4 4 5 5 7 9: mean 5, deviation 2.
        AssertEnd([2], Of("standard_deviation", [2, 4, 4, 4, 5, 5, 7, 9], 8)[0], Exact);
    }

    private static double[][] Of(string name, double[] source, params double[] arguments) =>
        new Market([], [], source, [], []).Batch(Any.Named(name), arguments);

    private static double[][] Bars(string name, params double[] arguments) =>
        new Market(_high, _low, _close, _volume, new double[5]).Batch(Any.Named(name), arguments);

    /// <summary>The last values are these, and none is before.</summary>
    private static void AssertEnd(double[] expected, double[] actual, double tolerance)
    {
        var values = actual[^expected.Length..];
        for (var index = 0; index < expected.Length; index++)
        {
            Any.Near(expected[index], values[index], tolerance, $"value {index}");
        }
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace Trading.Tests.Unit.Indicators;

/// <summary>What the definitions promise of the values, whatever the market.</summary>
public sealed class RangeTests
{
    // An average of rounded values may be that much out of the range of the values.
    private const double Rounding = 1e-10;

    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true);

    [Theory]
    [InlineData("rsi", 0, 100)]
    [InlineData("adx", 0, 100)]
    [InlineData("stochastic", 0, 100)]
    [InlineData("stochastic_rsi", 0, 100)]
    [InlineData("mfi", 0, 100)]
    [InlineData("aroon", 0, 100)]
    [InlineData("williams_r", -100, 0)]
    [InlineData("standard_deviation", 0, double.MaxValue)]
    [InlineData("realised_volatility", 0, double.MaxValue)]
    [InlineData("atr", 0, double.MaxValue)]
    [InlineData("natr", 0, double.MaxValue)]
    public void Values_stay_in_their_range(string name, double least, double most) =>
        ForAny(name, (arguments, market) =>
        {
            foreach (var value in market.Batch(Any.Named(name), arguments).SelectMany(output => output))
            {
                Assert.False(value < least - Rounding || value > most + Rounding, $"{value:R}");
            }
        });

    [Theory]
    [InlineData("sma")]
    [InlineData("wma")]
    [InlineData("ema")]
    [InlineData("vwap")]
    [InlineData("session_vwap")]
    public void An_average_lies_between_the_lowest_and_the_highest_price_so_far(string name) =>
        ForAny(name, (arguments, market) =>
        {
            var values = market.Batch(Any.Named(name), arguments)[0];
            var (lowest, highest) = (double.MaxValue, double.MinValue);
            for (var bar = 0; bar < market.Length; bar++)
            {
                lowest = Math.Min(lowest, market.Low[bar]);
                highest = Math.Max(highest, market.High[bar]);
                Assert.False(values[bar] < lowest * (1 - 1e-12) || values[bar] > highest * (1 + 1e-12), $"Bar {bar}");
            }
        });

    [Theory]
    [InlineData("bollinger")]
    [InlineData("keltner")]
    [InlineData("donchian")]
    public void Bands_enclose_their_middle(string name) => ForAny(name, (arguments, market) =>
    {
        var bands = market.Batch(Any.Named(name), arguments);
        for (var bar = 0; bar < market.Length; bar++)
        {
            Assert.False(bands[1][bar] < bands[0][bar] || bands[2][bar] > bands[0][bar], $"Bar {bar}");
        }
    });

    [Theory]
    [InlineData("rsi", 0)]
    [InlineData("atr", 0)]
    [InlineData("adx", 0)]
    [InlineData("standard_deviation", 0)]
    [InlineData("macd", 0)]
    [InlineData("stochastic", 0)]
    [InlineData("obv", 0)]
    [InlineData("aroon", 0)]
    [InlineData("cci", 0)]
    [InlineData("sma", 1)]
    [InlineData("ema", 1)]
    [InlineData("wma", 1)]
    [InlineData("dema", 1)]
    [InlineData("linear_regression", 1)]
    [InlineData("bollinger", 1)]
    [InlineData("donchian", 1)]
    [InlineData("keltner", 1)]
    [InlineData("supertrend", 1)]
    [InlineData("sar", 1)]
    public void Prices_moved_by_a_constant_move_the_values_with_them_or_not_at_all(string name, double follow)
    {
        // Halves and quarters, which a power of two leaves exact.
        var market = Market.Of(11, 600);
        market = (market with
        {
            High = Quarters(market.High, market.Close[0]),
            Low = Quarters(market.Low, market.Close[0]),
            Close = Quarters(market.Close, market.Close[0]),
        }).Shifted(256);
        var definition = Any.Named(name);
        var expected = market.Batch(definition, definition.Defaults)[0];

        var actual = market.Shifted(4096).Batch(definition, definition.Defaults)[0];

        for (var bar = 0; bar < market.Length; bar++)
        {
            var size = Math.Max(1, Math.Abs(expected[bar]));
            Any.Near(expected[bar] + (follow * 4096), actual[bar], 1e-8 * size, $"bar {bar}");
        }
    }

    private static double[] Quarters(double[] prices, double unit) =>
        [.. prices.Select(price => Math.Round(price / unit * 400) / 4)];

    private static void ForAny(string name, Action<double[], Market> holds)
    {
        var cases = from arguments in Any.Arguments(Any.Named(name))
                    from market in Market.Any(600)
                    select (arguments, market);
        Prop.ForAll(cases.ToArbitrary(), given => holds(given.arguments, given.market)).Check(_config);
    }
}

using Trading.Domain.Indicators;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Indicators;

/// <summary>A million bars against the definitions in decimal arithmetic of 28 digits.</summary>
public sealed class DriftTests
{
    private const int Bars = 1_000_000;
    private const double Tolerance = 1e-9;

    // Prices in cents, as exchanges have them; decimal holds them exactly, a double does not.
    private static readonly double[] _prices = Prices();
    private static readonly decimal[] _exact = [.. _prices.Select(price => (decimal)price)];

    [Fact]
    public void The_simple_average_does_not_drift()
    {
        var average = new double[Bars];
        Sma.Compute(_prices, 20, average);

        ForSome(bar => Near(Window(bar, 20).Average(), average[bar], bar));
    }

    [Fact]
    public void The_exponential_average_does_not_drift()
    {
        var average = new double[Bars];
        Ema.Compute(_prices, 20, average);

        var exact = _exact[..20].Average();
        for (var bar = 20; bar < Bars; bar++)
        {
            exact += (_exact[bar] - exact) * 2 / 21;
            Near(exact, average[bar], bar);
        }
    }

    [Fact]
    public void The_bands_do_not_drift()
    {
        var (middle, upper, lower) = (new double[Bars], new double[Bars], new double[Bars]);
        BollingerBands.Compute(_prices, 20, 2, middle, upper, lower);

        ForSome(bar =>
        {
            var mean = Window(bar, 20).Average();
            var deviation = Math.Sqrt((double)Window(bar, 20).Average(price => (price - mean) * (price - mean)));
            Assert.Equal((double)mean + (2 * deviation), upper[bar], Tolerance);
            Assert.Equal((double)mean - (2 * deviation), lower[bar], Tolerance);
        });
    }

    [Fact]
    public void The_weighted_average_does_not_drift()
    {
        var average = new double[Bars];
        Wma.Compute(_prices, 30, average);

        ForSome(bar => Near(
            Window(bar, 30).Select((price, index) => price * (index + 1)).Sum() / (30 * 31 / 2), average[bar], bar));
    }

    [Fact]
    public void The_relative_strength_does_not_drift()
    {
        var rsi = new double[Bars];
        Rsi.Compute(_prices, 14, rsi);

        var (gain, loss) = (0m, 0m);
        for (var bar = 1; bar < Bars; bar++)
        {
            var change = _exact[bar] - _exact[bar - 1];
            if (bar <= 14)
            {
                gain += Math.Max(change, 0) / 14;
                loss += Math.Max(-change, 0) / 14;
                continue;
            }

            gain = ((13 * gain) + Math.Max(change, 0)) / 14;
            loss = ((13 * loss) + Math.Max(-change, 0)) / 14;
            Near(100 * gain / (gain + loss), rsi[bar], bar);
        }
    }

    [Fact]
    public void The_commodity_channel_does_not_drift()
    {
        // Bars whose three prices are one: the typical price is the close.
        var cci = new double[Bars];
        Cci.Compute(_prices, _prices, _prices, 20, cci);

        ForSome(bar =>
        {
            var mean = Window(bar, 20).Average();
            var exact = (_exact[bar] - mean) / (0.015m * Window(bar, 20).Average(price => Math.Abs(price - mean)));
            Near(exact, cci[bar], bar);
        });
    }

    [Fact]
    public void The_on_balance_volume_of_coins_does_not_drift()
    {
        // Fractions of a coin, to the eighth decimal.
        var random = new SeededRandom(2, "volume");
        double[] volumes = [.. _prices.Select(_ => Math.Round(random.NextExponential() * 10, 8))];
        var obv = new double[Bars];
        Obv.Compute(_prices, volumes, obv);

        var exact = (decimal)volumes[0];
        for (var bar = 1; bar < Bars; bar++)
        {
            exact += (decimal)volumes[bar] * Math.Sign(_exact[bar] - _exact[bar - 1]);
            Assert.True(Math.Abs((double)exact - obv[bar]) < Tolerance * 10, $"Bar {bar}: {exact}, not {obv[bar]}.");
        }
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e12)]
    public void Small_deviations_of_large_values_are_kept(double level)
    {
        // Multiples of 1/1024, which the level leaves exact.
        double[] small = [.. _prices[..1000].Select(price => Math.Round(price * 1024) / 1024)];
        double[] large = [.. small.Select(price => price + level)];
        var (expected, actual) = (new double[1000], new double[1000]);
        StandardDeviation.Compute(small, 20, expected);

        StandardDeviation.Compute(large, 20, actual);

        for (var bar = 19; bar < 1000; bar++)
        {
            Assert.Equal(expected[bar], actual[bar], expected[bar] * 1e-12);
        }
    }

    private static void ForSome(Action<int> check)
    {
        for (var bar = 97; bar < Bars; bar += bar < Bars - 1000 ? 97 : 1)
        {
            check(bar);
        }
    }

    private static ArraySegment<decimal> Window(int bar, int period) =>
        new(_exact, bar - period + 1, period);

    private static void Near(decimal expected, double actual, int bar) =>
        Assert.True(Math.Abs((double)expected - actual) < Tolerance, $"Bar {bar}: {expected}, not {actual:R}.");

    private static double[] Prices()
    {
        var random = new SeededRandom(1, "prices");
        var prices = new double[Bars];
        var price = 100.0;
        for (var bar = 0; bar < Bars; bar++)
        {
            price = Math.Clamp(price * Math.Exp(0.01 * random.NextNormal()), 5, 5000);
            prices[bar] = Math.Round(price, 2);
        }

        return prices;
    }
}

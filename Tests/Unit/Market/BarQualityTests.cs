using Trading.Domain.Market;

namespace Trading.Tests.Unit.Market;

public sealed class BarQualityTests
{
    [Theory]
    [InlineData(10, 12, 9, 11, 0)]
    [InlineData(10, 10, 10, 10, 100)]
    public void A_sound_bar_passes(double open, double high, double low, double close, double volume)
    {
        Assert.Null(BarQuality.Check(new Bar(default, open, high, low, close, volume)));
    }

    // The second and third: AOS 2014-05-19 and CHD 2014-05-19 of the recorded S&P 500 set.
    [Theory]
    [InlineData(10, 9, 9.5, 9.7, 1, "price_range")]
    [InlineData(23.89, 23.595, 23.85, 24.445, 1944854, "price_range")]
    [InlineData(18.77, 33.9525, 33.695, 33.895, 1078888, "price_range")]
    [InlineData(10, 11, 9, 11.5, 1, "price_range")]
    [InlineData(0, 11, 9, 10, 1, "bad_price")]
    [InlineData(10, double.PositiveInfinity, 9, 10, 1, "bad_price")]
    [InlineData(10, 11, -1, 10, 1, "bad_price")]
    [InlineData(10, 11, 9, double.NaN, 1, "bad_price")]
    [InlineData(10, 11, 9, 10, -1, "bad_volume")]
    [InlineData(10, 11, 9, 10, double.NaN, "bad_volume")]
    public void A_bar_that_breaks_a_rule_is_named_by_it(
        double open, double high, double low, double close, double volume, string code)
    {
        var defect = BarQuality.Check(new Bar(default, open, high, low, close, volume));

        Assert.Equal(code, defect?.Code);
        Assert.False(defect?.Quarantined);
    }
}

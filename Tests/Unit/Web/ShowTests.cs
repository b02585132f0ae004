using Trading.Web.Settings;

namespace Trading.Tests.Unit.Web;

public sealed class ShowTests
{
    [Theory]
    [InlineData(1.234, "+1.23%")]
    [InlineData(-1.234, "\u22121.23%")]
    [InlineData(-0.0004, "0.00%")]
    [InlineData(null, "–")]
    public void Percent_has_a_sign_only_where_it_has_a_direction(double? percent, string expected) =>
        Assert.Equal(expected, Show.Percent(percent));

    [Theory]
    [InlineData(103262.664, "103,262.66")]
    [InlineData(0.08123, "0.0812")]
    [InlineData(null, "–")]
    public void Prices_have_two_decimals_and_below_one_four(double? price, string expected) =>
        Assert.Equal(expected, Show.Price(price));

    [Theory]
    [InlineData(9795, "9,795")]
    [InlineData(11600, "11.6K")]
    [InlineData(2400000, "2.40M")]
    [InlineData(1.5e9, "1.50B")]
    public void Volume_is_short(double volume, string expected) => Assert.Equal(expected, Show.Volume(volume));
}

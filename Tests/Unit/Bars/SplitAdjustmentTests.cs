using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Bars;

/// <summary>Prices around real splits, as traded: open, high, low, close, volume as the exchange printed them.</summary>
public sealed class SplitAdjustmentTests
{
    private static readonly Exchange Nasdaq = Find("XNAS");

    /// <summary>
    /// Apple, 4 for 1 on 2020-08-31: it closed at 499.23 and opened at 127.58 (as quoted then; 499.23 / 4 = 124.8075).
    /// </summary>
    [Fact]
    public void A_split_divides_the_prices_before_it_and_multiplies_their_volume()
    {
        var bars = Apple();

        var (applied, found) = SplitAdjustment.Apply(bars, [Split(2020, 8, 31, 4)], Nasdaq);

        Assert.Equal((1, 0), (applied, found));
        Assert.Equal([124.8075, 129.04], bars.Close);
        Assert.Equal([126.0125, 127.58], bars.Open);
        Assert.Equal([187629600.0, 225702700.0], bars.Volume);
    }

    [Fact]
    public void A_split_that_the_prices_have_in_them_already_is_not_applied_twice()
    {
        var bars = Apple();
        SplitAdjustment.Apply(bars, [Split(2020, 8, 31, 4)], Nasdaq);

        var (applied, found) = SplitAdjustment.Apply(bars, [Split(2020, 8, 31, 4)], Nasdaq);

        Assert.Equal((0, 1), (applied, found));
        Assert.Equal(124.8075, bars.Close[0]);
    }

    /// <summary>General Electric, 1 for 8 on 2021-08-02: it closed at 12.95 and opened at 104.83.</summary>
    [Fact]
    public void A_reverse_split_raises_the_prices_before_it()
    {
        var bars = new PriceColumns(
            [Close(2021, 7, 30), Close(2021, 8, 2)],
            [13.04, 104.83], [13.11, 105.40], [12.92, 102.31], [12.95, 103.58], [800, 100]);

        var (applied, _) = SplitAdjustment.Apply(bars, [Split(2021, 8, 2, 0.125)], Find("XNYS"));

        Assert.Equal(1, applied);
        Assert.Equal(103.6, bars.Close[0]);
        Assert.Equal(100, bars.Volume[0]);
        Assert.Equal(103.58, bars.Close[1]);
    }

    [Fact]
    public void Two_splits_both_reach_the_prices_before_the_first()
    {
        var bars = new PriceColumns(
            [Close(2020, 1, 2), Close(2020, 1, 3), Close(2020, 1, 6)],
            [600, 300, 100], [600, 300, 100], [600, 300, 100], [600, 300, 100], [1, 2, 6]);

        var (applied, _) = SplitAdjustment.Apply(bars, [Split(2020, 1, 3, 2), Split(2020, 1, 6, 3)], Nasdaq);

        Assert.Equal(2, applied);
        Assert.Equal([100.0, 100, 100], bars.Close);
        Assert.Equal([6.0, 6, 6], bars.Volume);
    }

    [Theory]
    [InlineData(2020, 8, 28)]
    [InlineData(2020, 9, 1)]
    public void A_split_before_the_first_bar_or_after_the_last_changes_nothing(int year, int month, int day)
    {
        var bars = Apple();

        var result = SplitAdjustment.Apply(bars, [Split(year, month, day, 4)], Nasdaq);

        Assert.Equal((0, 0), result);
        Assert.Equal([499.23, 129.04], bars.Close);
    }

    [Fact]
    public void A_dividend_leaves_prices_as_they_traded()
    {
        var bars = Apple();
        var dividend = new CorporateAction(new DateOnly(2020, 8, 31), CorporateActionKind.Dividend, 0.82);

        Assert.Equal((0, 0), SplitAdjustment.Apply(bars, [dividend], Nasdaq));
        Assert.Equal([499.23, 129.04], bars.Close);
    }

    private static PriceColumns Apple() => new(
        [Close(2020, 8, 28), Close(2020, 8, 31)],
        [504.05, 127.58], [505.77, 131.00], [498.31, 126.00], [499.23, 129.04], [46907400, 225702700]);

    private static CorporateAction Split(int year, int month, int day, double value) =>
        new(new DateOnly(year, month, day), CorporateActionKind.Split, value);

    private static DateTime Close(int year, int month, int day) => new(year, month, day, 20, 0, 0, DateTimeKind.Utc);

    private static Exchange Find(string code) =>
        Exchange.TryFind(code, out var exchange) ? exchange : throw new ArgumentException(code);
}

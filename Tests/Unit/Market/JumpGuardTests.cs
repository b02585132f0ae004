using Trading.Domain.Market;

namespace Trading.Tests.Unit.Market;

public sealed class JumpGuardTests
{
    private static readonly DateOnly Monday = new(2020, 8, 24);

    [Theory]
    [InlineData(149.9, false)]
    [InlineData(150, true)]
    [InlineData(50.1, false)]
    [InlineData(50, true)]
    public void A_change_of_half_or_more_is_quarantined(double close, bool quarantined)
    {
        var guard = new JumpGuard([]);
        guard.StartFrom(Monday, 100);

        Assert.Equal(quarantined, guard.Check(Monday.AddDays(1), close)?.Quarantined ?? false);
    }

    // AAPL as traded, 2020-08-28 and 2020-08-31 (Alpha Vantage): 499.23, then 129.04 after the split 4:1.
    [Theory]
    [InlineData(4, true)]
    [InlineData(1.5, false)]
    public void A_split_explains_the_change_that_it_makes_and_no_other(double split, bool explained)
    {
        var guard = new JumpGuard([new(new DateOnly(2020, 8, 31), CorporateActionKind.Split, split)]);
        guard.StartFrom(new DateOnly(2020, 8, 28), 499.23);

        Assert.Equal(explained, guard.Check(new DateOnly(2020, 8, 31), 129.04) is null);
    }

    [Fact]
    public void A_split_of_another_day_explains_nothing()
    {
        var guard = new JumpGuard([new(Monday.AddDays(3), CorporateActionKind.Split, 4)]);
        guard.StartFrom(Monday, 400);

        Assert.NotNull(guard.Check(Monday.AddDays(1), 100));
    }

    [Fact]
    public void A_special_dividend_explains_the_fall_on_its_day()
    {
        var guard = new JumpGuard([new(Monday.AddDays(1), CorporateActionKind.Dividend, 55)]);
        guard.StartFrom(Monday, 100);

        Assert.Null(guard.Check(Monday.AddDays(1), 46));
    }

    // NI, 2015-07-02: a spin-off that no action tells of; the prices of the days after confirm the new level.
    [Fact]
    public void Of_a_lasting_change_only_the_jump_is_quarantined()
    {
        var guard = new JumpGuard([]);
        double[] closes = [45.45, 16.99, 16.84, 17.1];

        var verdicts = closes.Select((close, day) => guard.Check(Monday.AddDays(day), close)?.Code ?? "ok").ToArray();

        Assert.Equal(["ok", "jump", "ok", "ok"], verdicts);
    }

    [Fact]
    public void After_a_spike_the_old_level_goes_on()
    {
        var guard = new JumpGuard([]);
        double[] closes = [100, 1000, 101, 102, 990, 103];

        var verdicts = closes.Select((close, day) => guard.Check(Monday.AddDays(day), close)?.Code ?? "ok").ToArray();

        Assert.Equal(["ok", "jump", "ok", "ok", "jump", "ok"], verdicts);
    }

    [Fact]
    public void Closes_months_apart_are_no_daily_change()
    {
        var guard = new JumpGuard([]);
        guard.StartFrom(new DateOnly(2018, 2, 7), 40);

        Assert.Null(guard.Check(new DateOnly(2022, 1, 3), 180));
    }
}

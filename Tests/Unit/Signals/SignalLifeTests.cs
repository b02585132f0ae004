using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Tests.Unit.Signals;

/// <summary>
/// Worked by hand: entry 100, so one R is the 10 to the stop; costs are 0.05 % of fill and exit price.
/// </summary>
public sealed class SignalLifeTests
{
    private static readonly DateTime Start = new(2024, 1, 2, 21, 0, 0, DateTimeKind.Utc);
    private static readonly SignalPlan Long = new(SignalDirection.Long, 100, 120, 90, 3);
    private static readonly SignalPlan Short = new(SignalDirection.Short, 100, 80, 110, 3);

    [Fact]
    public void A_touched_target_is_left_at_the_target()
    {
        var end = Follow(Long, (101, 110, 99, 108), (109, 121, 107, 119))!;

        Assert.Equal(SignalState.TargetHit, end.State);
        Assert.Equal(120, end.Price);
        Assert.Equal(101, end.Fill);
        Assert.Equal(2, end.BarsHeld);
        Assert.Equal(Start.AddDays(2), end.Time);
        // (120 - 101 - 0.0005 * 221) / 10
        Assert.Equal(1.88895, end.R!.Value, 10);
        Assert.Equal(-0.2, end.MaeR!.Value, 10);
        Assert.Equal(1.9, end.MfeR!.Value, 10);
    }

    [Fact]
    public void The_stop_comes_first_where_both_are_touched_in_one_bar()
    {
        var end = Follow(Long, (101, 125, 89, 118))!;

        Assert.Equal(SignalState.Stopped, end.State);
        Assert.Equal(90, end.Price);
        // (90 - 101 - 0.0005 * 191) / 10
        Assert.Equal(-1.10955, end.R!.Value, 10);
    }

    [Fact]
    public void A_bar_that_opens_beyond_the_stop_leaves_at_its_open()
    {
        var end = Follow(Long, (101, 104, 98, 100), (85, 95, 84, 94))!;

        Assert.Equal((SignalState.Stopped, 85.0), (end.State, end.Price!.Value));
        Assert.Equal((85 - 101 - (0.0005 * 186)) / 10, end.R!.Value, 10);
    }

    [Fact]
    public void A_bar_that_opens_beyond_the_target_leaves_at_its_better_open()
    {
        var end = Follow(Long, (101, 104, 98, 100), (123, 125, 122, 124))!;

        Assert.Equal((SignalState.TargetHit, 123.0), (end.State, end.Price!.Value));
    }

    [Fact]
    public void Opened_beyond_the_stop_at_once_it_costs_no_more_than_costs()
    {
        var end = Follow(Long, (88, 89, 87, 88))!;

        Assert.Equal((SignalState.Stopped, 88.0, 88.0), (end.State, end.Fill!.Value, end.Price!.Value));
        Assert.Equal(-0.0088, end.R!.Value, 10);
    }

    [Fact]
    public void The_last_bar_of_its_time_leaves_at_the_close()
    {
        var end = Follow(Long, (101, 104, 98, 100), (100, 105, 97, 103), (103, 106, 102, 104))!;

        Assert.Equal((SignalState.Expired, 104.0, 3), (end.State, end.Price!.Value, end.BarsHeld));
        // (104 - 101 - 0.0005 * 205) / 10
        Assert.Equal(0.28975, end.R!.Value, 10);
    }

    [Fact]
    public void A_stop_in_the_last_bar_is_a_stop()
    {
        var end = Follow(Long, (101, 104, 98, 100), (100, 105, 97, 103), (103, 106, 90, 104))!;

        Assert.Equal(SignalState.Stopped, end.State);
    }

    [Fact]
    public void Short_is_the_mirror_of_long()
    {
        var hit = Follow(Short, (99, 101, 79, 82))!;
        var both = Follow(Short, (99, 111, 79, 100))!;
        var gap = Follow(Short, (99, 101, 95, 97), (112, 113, 108, 109))!;

        Assert.Equal((SignalState.TargetHit, 80.0), (hit.State, hit.Price!.Value));
        // (99 - 80 - 0.0005 * 179) / 10
        Assert.Equal(1.89105, hit.R!.Value, 10);
        Assert.Equal((SignalState.Stopped, 110.0), (both.State, both.Price!.Value));
        Assert.Equal((SignalState.Stopped, 112.0), (gap.State, gap.Price!.Value));
    }

    [Fact]
    public void It_stays_active_between_stop_and_target() =>
        Assert.Null(Follow(Long, (101, 119.99, 90.01, 100), (100, 105, 97, 103)));

    [Fact]
    public void What_has_ended_ends_no_second_time()
    {
        var life = new SignalLife(Long);
        var first = life.Take(Bar(1, (101, 125, 100, 118)));

        Assert.Same(first, life.Take(Bar(2, (85, 86, 80, 81))));
        Assert.Same(first, life.TurnAround(Start.AddDays(2), 81));
        Assert.Same(first, life.Withdraw(Start.AddDays(2)));
    }

    [Fact]
    public void An_opposite_signal_ends_it_at_the_close()
    {
        var life = new SignalLife(Long);
        Assert.Null(life.Take(Bar(1, (101, 104, 98, 95))));

        var end = life.TurnAround(Start.AddDays(1), 95);

        Assert.Equal((SignalState.Invalidated, 95.0), (end.State, end.Price!.Value));
        Assert.Equal((95 - 101 - (0.0005 * 196)) / 10, end.R!.Value, 10);
    }

    [Fact]
    public void A_withdrawn_one_has_no_result()
    {
        var end = new SignalLife(Long).Withdraw(Start);

        Assert.Equal(SignalState.Invalidated, end.State);
        Assert.Equal(SignalLife.CorrectionReason, end.Reason);
        Assert.Null(end.R);
    }

    [Fact]
    public void Whose_bars_stay_away_expires_at_the_close_known_last()
    {
        var over = Start.AddDays(7);
        var life = new SignalLife(Long, over);
        life.Take(Bar(1, (101, 104, 98, 103)));

        Assert.Null(life.LapseBefore(over));
        var end = life.LapseBefore(over.AddTicks(1))!;

        Assert.Equal((SignalState.Expired, over, 103.0, 1), (end.State, end.Time, end.Price!.Value, end.BarsHeld));
        // (103 - 101 - 0.0005 * 204) / 10
        Assert.Equal(0.1898, end.R!.Value, 10);
        Assert.Equal("no bars until its time was over", end.Reason);
    }

    [Fact]
    public void A_bar_after_its_time_was_over_does_not_touch_it()
    {
        var late = new SignalLife(Long, Start.AddDays(7));
        late.Take(Bar(1, (101, 104, 98, 103)));
        var end = late.Take(Bar(8, (121, 125, 119, 124)))!;
        var inTime = new SignalLife(Long, Start.AddDays(8));
        inTime.Take(Bar(1, (101, 104, 98, 103)));

        Assert.Equal((SignalState.Expired, 103.0), (end.State, end.Price!.Value));
        Assert.Equal(SignalState.TargetHit, inTime.Take(Bar(8, (121, 125, 119, 124)))!.State);
    }

    [Fact]
    public void Without_a_bar_after_its_own_it_was_never_entered()
    {
        var end = new SignalLife(Long, Start.AddDays(7)).LapseBefore(Start.AddDays(30))!;

        Assert.Equal((SignalState.Expired, 100.0, 0), (end.State, end.Price!.Value, end.BarsHeld));
        Assert.Null(end.Fill);
        Assert.Null(end.R);
    }

    private static SignalResolution? Follow(
        SignalPlan plan, params (double Open, double High, double Low, double Close)[] bars)
    {
        var life = new SignalLife(plan);
        for (var index = 0; index < bars.Length; index++)
        {
            life.Take(Bar(index + 1, bars[index]));
        }

        return life.Resolution;
    }

    private static Bar Bar(int day, (double Open, double High, double Low, double Close) bar) =>
        new(Start.AddDays(day), bar.Open, bar.High, bar.Low, bar.Close, 1000);
}

using Trading.PricingWorker.Quotes;

namespace Trading.Tests.Unit.Quotes;

public sealed class FrameSequenceTests
{
    // 2026-03-02 15:00:00 UTC is 1,772,463,600 s after the epoch (date -u -d '2026-03-02 15:00' +%s).
    private static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);
    private readonly FrameSequence _sequence = new();

    [Fact]
    public void It_is_the_time_in_milliseconds()
    {
        Assert.Equal(1_772_463_600_000, _sequence.Next(Now));
        Assert.Equal(1_772_463_600_500, _sequence.Next(Now.AddMilliseconds(500)));
    }

    [Fact]
    public void It_grows_when_the_clock_stands_still_or_goes_back()
    {
        var first = _sequence.Next(Now);

        Assert.Equal(first + 1, _sequence.Next(Now));
        Assert.Equal(first + 2, _sequence.Next(Now.AddHours(-1)));
    }

    [Fact]
    public void It_goes_on_above_what_a_worker_before_used()
    {
        var used = 1_772_463_600_000 + 3_600_000;
        _sequence.RaiseTo(used);

        Assert.Equal(used + 1, _sequence.Next(Now));

        _sequence.RaiseTo(5);
        Assert.Equal(used + 2, _sequence.Next(Now));
    }
}

using Trading.ApiService.Quotes;

namespace Trading.Tests.Unit.Api;

public sealed class FrameRingTests
{
    private readonly ManualTime _time = new();
    private readonly FrameRing _ring;

    public FrameRingTests() => _ring = new FrameRing(_time);

    [Fact]
    public void Nothing_can_be_replayed_before_the_board_is_whole()
    {
        _ring.Add(5, [5]);

        Assert.Null(_ring.Since(5));
    }

    [Fact]
    public void Frames_are_replayed_from_the_one_last_seen_on()
    {
        _ring.Open(4);
        _ring.Add(5, [5]);
        _ring.Add(6, [6]);
        _ring.Add(9, [9]);

        Assert.Equal([[6], [9]], _ring.Since(6)!);
        Assert.Equal([[9]], _ring.Since(7)!);
    }

    [Fact]
    public void A_number_before_the_first_frame_or_after_the_last_cannot_be_resumed()
    {
        _ring.Open(4);
        _ring.Add(5, [5]);

        Assert.Null(_ring.Since(4));
        Assert.Null(_ring.Since(6));
    }

    [Fact]
    public void Frames_older_than_a_minute_are_gone()
    {
        _ring.Open(0);
        _ring.Add(1, [1]);
        _time.Advance(TimeSpan.FromSeconds(61));
        _ring.Add(2, [2]);

        Assert.Null(_ring.Since(1));
        Assert.Equal([[2]], _ring.Since(2)!);
    }

    [Fact]
    public void The_memory_is_bounded()
    {
        _ring.Open(0);
        for (var sequence = 1; sequence <= 20; sequence++)
        {
            _ring.Add(sequence, new byte[1 << 20]);
        }

        Assert.Null(_ring.Since(12));
        Assert.Equal(8, _ring.Since(13)!.Length);
    }

    [Fact]
    public void A_possible_loss_ends_what_can_be_replayed()
    {
        _ring.Open(0);
        _ring.Add(1, [1]);
        _ring.Close();
        _ring.Add(3, [3]);

        Assert.Null(_ring.Since(3));

        _ring.Open(3);
        _ring.Add(4, [4]);
        Assert.Null(_ring.Since(3));
        Assert.Equal([[4]], _ring.Since(4)!);
    }
}

using Trading.ServiceDefaults.RateLimits;
using Trading.Tests.Faults;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.Unit.Limits;

/// <summary>The limits without Redis, by a clock that the test moves.</summary>
public sealed class LocalLimitTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_sliding_window_has_no_burst_at_its_edge()
    {
        await using var replica = await LimitReplica.StartAsync(null, _time);
        var limiter = replica.Limits.Limiter(new("sliding", RateLimitAlgorithm.SlidingWindow, 10, _minute));

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(10, Ask(limiter, 10));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, Ask(limiter, 10));
        _time.Advance(TimeSpan.FromSeconds(58));

        Assert.Equal(10, Ask(limiter, 20));
    }

    [Fact]
    public async Task A_bucket_lets_a_burst_through_and_then_a_steady_rate()
    {
        await using var replica = await LimitReplica.StartAsync(null, _time);
        var limiter = replica.Limits.Limiter(new("bucket", RateLimitAlgorithm.TokenBucket, 60, _minute));

        Assert.Equal(60, Ask(limiter, 100));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, Ask(limiter, 100));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(60, Ask(limiter, 100));
    }

    [Fact]
    public async Task A_fixed_window_begins_with_its_first_request()
    {
        await using var replica = await LimitReplica.StartAsync(null, _time);
        var limiter = replica.Limits.Limiter(new("fixed", RateLimitAlgorithm.FixedWindow, 5, _minute));

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(5, Ask(limiter, 9));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, Ask(limiter, 9));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(5, Ask(limiter, 9));
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    public async Task Waiting_out_what_a_refusal_says_succeeds_and_a_millisecond_less_does_not(
        RateLimitAlgorithm algorithm)
    {
        await using var replica = await LimitReplica.StartAsync(null, _time);
        var limiter = replica.Limits.Limiter(new("wait", algorithm, 7, _minute));
        _time.Advance(TimeSpan.FromSeconds(12.345));
        Ask(limiter, 7);

        limiter.TryAcquire(1, out var refused);
        _time.Advance(refused.RetryAfter - TimeSpan.FromMilliseconds(1));
        limiter.TryAcquire(1, out var early);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        limiter.TryAcquire(1, out var waited);

        Assert.False(refused.IsAllowed);
        Assert.False(early.IsAllowed);
        Assert.True(waited.IsAllowed);
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    public async Task What_came_to_nothing_is_given_back_and_never_more_than_was_got(RateLimitAlgorithm algorithm)
    {
        await using var replica = await LimitReplica.StartAsync(null, _time);
        var limiter = replica.Limits.Limiter(new("back", algorithm, 5, _minute));
        await limiter.GiveBackAsync(1);
        Assert.Equal(5, Ask(limiter, 9));
        _time.Advance(TimeSpan.FromSeconds(1));

        await limiter.GiveBackAsync(1);
        await limiter.GiveBackAsync(1);

        Assert.Equal(2, Ask(limiter, 9));
    }

    [Fact]
    public async Task Callers_have_limits_of_their_own_and_are_forgotten_after_a_window()
    {
        await using var replica = await LimitReplica.StartAsync(null, _time);
        var limiter = replica.Limits.Limiter(new("own", RateLimitAlgorithm.SlidingWindow, 1, _minute));

        Assert.Equal(1000, Enumerable.Range(0, 1000).Sum(client => Ask(limiter, 2, client)));
        Assert.Equal(1000, limiter.Statistics.Partitions);
        Assert.Equal((1000, 1000), (limiter.Statistics.Allowed, limiter.Statistics.Refused));
        _time.Advance(_minute * 3);
        Ask(limiter, 1, 5);

        Assert.InRange(limiter.Statistics.Partitions, 1, 2);
    }

    [Fact]
    public async Task A_refusal_is_news_once_a_window()
    {
        await using var replica = await LimitReplica.StartAsync(null, _time);
        var limiter = replica.Limits.Limiter(new("news", RateLimitAlgorithm.SlidingWindow, 1, _minute));

        Assert.True(limiter.IsNews(1));
        Assert.False(limiter.IsNews(1));
        Assert.True(limiter.IsNews(2));
        _time.Advance(_minute);

        Assert.True(limiter.IsNews(1));
    }

    private static int Ask(SharedRateLimiter limiter, int times, int client = 1) =>
        Enumerable.Range(0, times)
            .Count(_ => limiter.TryAcquire((UInt128)client, out var decision) && decision.IsAllowed);
}

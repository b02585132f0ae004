using System.Diagnostics;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.Tests.Faults;

/// <summary>The limits against a Redis of their own.</summary>
[Collection(AloneTests.Name)]
public sealed class SharedLimitTests : IAsyncLifetime
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private static readonly UInt128 _client = 7;

    private RedisServer? _server;

    public static MatrixTheoryData<RateLimitAlgorithm, int, int> Loads { get; } = new(
        [RateLimitAlgorithm.SlidingWindow, RateLimitAlgorithm.TokenBucket, RateLimitAlgorithm.FixedWindow],
        [60, 6000],
        [10, 50]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RedisServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Loads))]
    public async Task Two_replicas_together_let_through_what_one_would_within_2_percent(
        RateLimitAlgorithm algorithm, int permits, int percentOnTheFirst)
    {
        await using var first = await LimitReplica.StartAsync(Server);
        await using var second = await LimitReplica.StartAsync(Server);
        var rule = new RateLimitRule("two", algorithm, permits, _hour);

        var some = Task.Run(() => AskAsync(first, rule, permits * percentOnTheFirst / 100));
        var most = Task.Run(() => AskAsync(second, rule, permits * 2));
        var allowed = await some + await most;

        Assert.InRange(allowed, permits * 0.98, permits * 1.02);
    }

    [Theory]
    [MemberData(nameof(Loads))]
    public async Task Two_replicas_that_many_ask_at_once_let_through_what_one_would_within_2_percent(
        RateLimitAlgorithm algorithm, int permits, int percentOnTheFirst)
    {
        await using var first = await LimitReplica.StartAsync(Server);
        await using var second = await LimitReplica.StartAsync(Server);
        var rule = new RateLimitRule("many", algorithm, permits, _hour);

        var asking = Enumerable.Range(0, 2 * permits).Select(request => Task.Run(
            () => AskAsync(request % 100 < percentOnTheFirst ? first : second, rule, 1), Cancellation));
        var allowed = (await Task.WhenAll(asking)).Sum();

        Assert.InRange(allowed, permits * 0.98, permits * 1.02);
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    public async Task Waiting_out_what_a_refusal_says_succeeds(RateLimitAlgorithm algorithm)
    {
        await using var replica = await LimitReplica.StartAsync(Server, TimeProvider.System);
        var limiter = replica.Limits.Limiter(new RateLimitRule("wait", algorithm, 5, TimeSpan.FromSeconds(2)));
        Assert.Equal(5, await AskAsync(replica, limiter.Rule, 5));

        var refused = await FirstRefusalAsync(limiter);
        // The system's timers may end a little early.
        await Task.Delay(refused.RetryAfter + TimeSpan.FromMilliseconds(20), Cancellation);
        var allowed = await limiter.AcquireAsync(_client, Cancellation);

        Assert.InRange(refused.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2));
        Assert.True(allowed.IsAllowed);
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    public async Task A_permit_that_lapsed_on_its_way_from_Redis_is_not_lost(RateLimitAlgorithm algorithm)
    {
        await using var replica = await LimitReplica.StartAsync(Server);
        // So short that a block of permits lapses after a millisecond.
        var limiter = replica.Limits.Limiter(new RateLimitRule("short", algorithm, 5, TimeSpan.FromMilliseconds(20)));

        for (var client = 0; client < 200; client++)
        {
            for (var request = 0; request < 5; request++)
            {
                var decision = await limiter.AcquireAsync((UInt128)client, Cancellation);
                Assert.True(decision.IsAllowed, $"Request {request} of client {client} was refused.");
            }
        }
    }

    [Fact]
    public async Task What_runs_at_a_time_is_limited_over_replicas_and_given_back()
    {
        await using var first = await LimitReplica.StartAsync(Server);
        await using var second = await LimitReplica.StartAsync(Server);
        var rule = new RateLimitRule("jobs", RateLimitAlgorithm.Concurrency, 2, _hour);

        Assert.Equal(1, await AskAsync(first, rule, 1));
        Assert.Equal(1, await AskAsync(second, rule, 3));
        first.Limits.Limiter(rule).Release(_client);

        await Eventually.IsTrueAsync(
            async () => await AskAsync(second, rule, 1) == 1, "the place that one replica freed serves the other");
        Assert.Equal(0, await AskAsync(first, rule, 1));
    }

    [Theory]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    public async Task What_came_to_nothing_is_given_back_to_all_replicas(RateLimitAlgorithm algorithm)
    {
        await using var first = await LimitReplica.StartAsync(Server);
        await using var second = await LimitReplica.StartAsync(Server);
        var rule = new RateLimitRule("back", algorithm, 3, _hour);
        await first.Limits.Limiter(rule).GiveBackAsync(_client);
        // The fourth is refused, and the first replica remembers that.
        Assert.Equal(3, await AskAsync(first, rule, 4));

        await first.Limits.Limiter(rule).GiveBackAsync(_client);
        await first.Limits.Limiter(rule).GiveBackAsync(_client);

        Assert.Equal(1, await AskAsync(second, rule, 1));
        Assert.Equal(1, await AskAsync(first, rule, 4));
        Assert.Equal(0, await AskAsync(second, rule, 4));
    }

    [Fact]
    public async Task A_large_limit_costs_few_round_trips()
    {
        await using var replica = await LimitReplica.StartAsync(Server);
        var rule = new RateLimitRule("large", RateLimitAlgorithm.SlidingWindow, 1_000_000, _hour);

        Assert.Equal(100_000, await AskAsync(replica, rule, 100_000));

        using var redis = Server.Connect();
        var statistics = (await redis.GetServer(Server.Address).InfoAsync("commandstats")).SelectMany(group => group)
            .Single(entry => entry.Key == "cmdstat_evalsha").Value;
        var calls = int.Parse(
            statistics.Split(',')[0].Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(calls, 1, 100);
    }

    [Fact]
    public async Task Redis_stopped_the_limits_are_enforced_in_memory_and_shared_again_within_5_seconds_of_its_return()
    {
        await using var replica = await LimitReplica.StartAsync(Server, TimeProvider.System);
        var rule = new RateLimitRule("gone", RateLimitAlgorithm.SlidingWindow, 20, _hour);

        await Server.StopAsync();
        var allowed = await AskAsync(replica, rule, 100);
        Assert.False(replica.Limits.IsShared);
        await Server.RunAsync();

        Assert.Equal(20, allowed);
        await Eventually.IsTrueAsync(
            () => Task.FromResult(replica.Limits.IsShared), "Redis is asked again", TimeSpan.FromSeconds(5));
        Assert.Equal(20, await AskAsync(replica, rule with { Name = "back" }, 100));
    }

    [Fact]
    public async Task Redis_hanging_no_request_waits_more_than_250_ms_for_it()
    {
        await using var replica = await LimitReplica.StartAsync(Server, TimeProvider.System);
        var rule = new RateLimitRule("hang", RateLimitAlgorithm.SlidingWindow, 30, _hour);
        var limiter = replica.Limits.Limiter(rule);
        await AskAsync(replica, rule with { Name = "warm" }, 10);

        await Server.HaltAsync();
        var waits = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            var startedAt = Stopwatch.GetTimestamp();
            var decision = await limiter.AcquireAsync(_client, Cancellation);
            return (decision.IsAllowed, Took: Stopwatch.GetElapsedTime(startedAt));
        }));
        await Server.ContinueAsync();

        Assert.InRange(waits.Max(wait => wait.Took), TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        Assert.Equal(30, waits.Count(wait => wait.IsAllowed));
        await Eventually.IsTrueAsync(
            () => Task.FromResult(replica.Limits.IsShared), "Redis is asked again", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_script_that_Redis_forgot_is_sent_again()
    {
        await using var replica = await LimitReplica.StartAsync(Server);
        var rule = new RateLimitRule("forgot", RateLimitAlgorithm.FixedWindow, 10, _hour);
        Assert.Equal(1, await AskAsync(replica, rule, 1));

        using var redis = Server.Connect();
        await redis.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Equal(9, await AskAsync(replica, rule, 20));
        Assert.True(replica.Limits.IsShared);
    }

    private static async Task<RateLimitDecision> FirstRefusalAsync(SharedRateLimiter limiter)
    {
        while (true)
        {
            // On a busy machine the window may have slid on.
            var decision = await limiter.AcquireAsync(_client, Cancellation);
            if (!decision.IsAllowed)
            {
                return decision;
            }
        }
    }

    private static async Task<int> AskAsync(LimitReplica replica, RateLimitRule rule, int times)
    {
        var limiter = replica.Limits.Limiter(rule);
        var allowed = 0;
        for (var time = 0; time < times; time++)
        {
            if (!limiter.TryAcquire(_client, out var decision))
            {
                decision = await limiter.AcquireAsync(_client, Cancellation);
            }

            allowed += decision.IsAllowed ? 1 : 0;
        }

        return allowed;
    }
}

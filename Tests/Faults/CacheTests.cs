using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;
using Trading.ServiceDefaults.Cache;

namespace Trading.Tests.Faults;

/// <summary>Replicas of a service that share a Redis, which the tests stop, halt and spoil.</summary>
[Collection(AloneTests.Name)]
public sealed class CacheTests : IAsyncLifetime
{
    private const int Callers = 200;

    private RedisServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task After_FLUSHALL_200_concurrent_misses_on_one_key_make_one_database_query_per_replica()
    {
        await using var first = await CacheReplica.StartAsync(_server);
        await using var second = await CacheReplica.StartAsync(_server);
        foreach (var replica in new[] { first, second })
        {
            Assert.Equal("old", await replica.GetAsync("key", _ => Text("old"), "tag"));
        }

        await second.GetAsync("sign", _ => Text("old"), "tag");
        await FlushAsync();
        await first.Cache.InvalidateAllAsync();
        await Eventually.IsTrueAsync(
            async () => await second.GetAsync("sign", _ => Task.FromResult<string?>(null), "tag") is null, "the other has heard of it");
        var before = (first.Queries, second.Queries);
        var release = new TaskCompletionSource();
        var asked = new[] { first, second }.SelectMany(replica => Enumerable.Range(0, Callers).Select(_ => Task.Run(
            () => replica.GetAsync("key", async _ => { await release.Task; return "new"; }, "tag"), Cancellation)))
            .ToArray();
        await Eventually.IsTrueAsync(
            () => Task.FromResult(
                first.Queries > before.Item1 && second.Queries > before.Item2 && Joined(first) + Joined(second) >= (2 * Callers) - 2),
            "everybody waits for the two queries");
        release.SetResult();

        Assert.All(await Task.WhenAll(asked), value => Assert.Equal("new", value));
        Assert.Equal((before.Item1 + 1, before.Item2 + 1), (first.Queries, second.Queries));
    }

    [Fact]
    public async Task What_one_replica_read_another_has_from_Redis()
    {
        await using var first = await CacheReplica.StartAsync(_server);
        await using var second = await CacheReplica.StartAsync(_server);
        var large = string.Concat(Enumerable.Range(0, 5000).Select(number => number.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(large, await first.GetAsync("key", _ => Text(large), "tag"));
        await HoldsAsync("*:value:key");

        Assert.Equal(large, await second.GetAsync("key", _ => Text("another"), "tag"));
        Assert.Equal(0, second.Queries);
        using var redis = _server.Connect();
        var stored = await redis.GetDatabase().StringGetAsync((await KeysAsync("*:value:key")).Single());
        Assert.True(((byte[]?)stored)!.Length < large.Length / 2, "It is compressed.");
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("pattern")]
    [InlineData("all")]
    public async Task An_invalidation_reaches_every_replica_and_Redis(string by)
    {
        await using var first = await CacheReplica.StartAsync(_server);
        await using var second = await CacheReplica.StartAsync(_server);
        foreach (var replica in new[] { first, second })
        {
            await replica.GetAsync("bars/AAPL", _ => Text("old"), "bars");
            await replica.GetAsync("signals/AAPL", _ => Text("old"), "signals");
        }

        await (by switch
        {
            "tag" => first.Cache.InvalidateAsync("bars"),
            "pattern" => first.Cache.InvalidateMatchingAsync("bars/*"),
            _ => first.Cache.InvalidateAllAsync(),
        });

        Assert.Equal("new", await first.GetAsync("bars/AAPL", _ => Text("new"), "bars"));
        await Eventually.IsTrueAsync(
            async () => await second.GetAsync("bars/AAPL", _ => Text("new"), "bars") == "new", "the other has it too");
        var others = by == "all" ? "new" : "old";
        Assert.Equal(others, await first.GetAsync("signals/AAPL", _ => Text("new"), "signals"));
        await using var third = await CacheReplica.StartAsync(_server);
        Assert.Equal("new", await third.GetAsync("bars/AAPL", _ => Text("newer"), "bars"));
    }

    [Fact]
    public async Task What_was_being_read_before_an_invalidation_is_kept_nowhere()
    {
        await using var replica = await CacheReplica.StartAsync(_server);
        var release = new TaskCompletionSource();
        var early = replica.GetAsync("key", async _ => { await release.Task; return "old"; }, "tag");
        await Eventually.IsTrueAsync(() => Task.FromResult(replica.Queries == 1), "the query has begun");

        await replica.Cache.InvalidateAsync("tag");
        var late = await replica.GetAsync("key", _ => Text("new"), "tag");
        release.SetResult();

        Assert.Equal(("old", "new"), (await early, late));
        await using var another = await CacheReplica.StartAsync(_server);
        Assert.Equal("new", await replica.GetAsync("key", _ => Text("newer"), "tag"));
        Assert.Equal("new", await another.GetAsync("key", _ => Text("newer"), "tag"));
    }

    [Fact]
    public async Task Redis_stopped_costs_memory_nothing_and_is_used_again_within_5_seconds_of_its_return()
    {
        await using var replica = await CacheReplica.StartAsync(_server, TimeProvider.System);
        await replica.GetAsync("known", _ => Text("known"), "tag");

        await _server.StopAsync();
        Assert.Equal("known", await replica.GetAsync("known", _ => Text("another"), "tag"));
        Assert.Equal("made", await replica.GetAsync("unknown", _ => Text("made"), "tag"));
        Assert.Equal("made", await replica.GetAsync("unknown", _ => Text("another"), "tag"));
        await Eventually.IsTrueAsync(() => Task.FromResult(!replica.Cache.Statistics.IsShared), "memory alone");

        await _server.RunAsync();
        await replica.UsesRedisAsync(TimeSpan.FromSeconds(5));
        await replica.GetAsync("after", _ => Text("after"), "tag");
        await HoldsAsync("*:value:after");
    }

    [Fact]
    public async Task What_changed_while_Redis_was_away_is_stale_when_it_is_back_though_it_kept_its_data()
    {
        await using var first = await CacheReplica.StartAsync(_server, TimeProvider.System);
        await using var second = await CacheReplica.StartAsync(_server, TimeProvider.System);
        await first.GetAsync("key", _ => Text("old"), "tag");
        await HoldsAsync("*:value:key");
        Assert.Equal("old", await second.GetAsync("key", _ => Text("new"), "tag"));

        await _server.HaltAsync();
        await first.Cache.InvalidateAsync("tag");
        Assert.Equal("new", await first.GetAsync("key", _ => Text("new"), "tag"));
        await _server.ContinueAsync();

        await first.UsesRedisAsync(TimeSpan.FromSeconds(5));
        await Eventually.IsTrueAsync(
            async () => await second.GetAsync("key", _ => Text("new"), "tag") == "new",
            "the other does not trust what it had",
            TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Redis_hanging_no_request_waits_more_than_250_ms_for_it()
    {
        await using var replica = await CacheReplica.StartAsync(_server, TimeProvider.System);
        await _server.HaltAsync();
        var slowest = 0L;

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async caller =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                var startedAt = Stopwatch.GetTimestamp();
                await replica.GetAsync($"key {caller} {turn}", _ => Text("value"), "tag");
                var took = (long)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
                InterlockedMax(ref slowest, took);
            }
        }));

        await _server.ContinueAsync();
        Assert.True(slowest <= 250, $"One waited {slowest} ms.");
        await replica.UsesRedisAsync(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("another type")]
    public async Task A_poisoned_value_is_read_anew_and_replaced(string poison)
    {
        await using var first = await CacheReplica.StartAsync(_server);
        await first.GetAsync("key", _ => Text("sound"), "tag");
        await HoldsAsync("*:value:key");
        await PoisonAsync((await KeysAsync("*:value:key")).Single(), poison);

        await using var second = await CacheReplica.StartAsync(_server);
        Assert.Equal("sound again", await second.GetAsync("key", _ => Text("sound again"), "tag"));
        Assert.Equal(1, second.Cache.Statistics.Unsound);

        await Eventually.IsTrueAsync(
            async () =>
            {
                await using var third = await CacheReplica.StartAsync(_server);
                return await third.GetAsync("key", _ => Text("read"), "tag") == "sound again";
            },
            "it is sound in Redis");
    }

    [Fact]
    public async Task Every_key_has_a_time_to_live()
    {
        await using var replica = await CacheReplica.StartAsync(_server);
        await replica.GetAsync("key", _ => Text("value"), "tag", "another");
        await replica.Cache.InvalidateAsync("tag");
        await replica.Cache.InvalidateMatchingAsync("k*");
        await replica.GetAsync("key", _ => Text("value"), "tag", "another");
        await HoldsAsync("*:value:key");

        using var redis = _server.Connect();
        var lives = await Task.WhenAll((await KeysAsync("*")).Select(async key =>
            (key, left: await redis.GetDatabase().KeyTimeToLiveAsync(key))));

        Assert.True(lives.Length >= 4, "The values, and their versions.");
        Assert.All(lives, life => Assert.True(life.left > TimeSpan.Zero, $"{life.key} stays for ever."));
        Assert.InRange(lives.Single(life => life.key.EndsWith("value:key")).left!.Value.TotalSeconds, 50, 60);
    }

    private static Task<string?> Text(string text) => Task.FromResult<string?>(text);

    private static long Joined(CacheReplica replica) => replica.Cache.Kind(CacheKinds.Signals).Joined;

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private async Task FlushAsync()
    {
        using var redis = _server.Connect();
        await redis.GetDatabase().ExecuteAsync("FLUSHALL");
    }

    private async Task<string[]> KeysAsync(string pattern)
    {
        using var redis = _server.Connect();
        var keys = (RedisResult[]?)await redis.GetDatabase().ExecuteAsync("KEYS", pattern) ?? [];
        return [.. keys.Select(key => (string)key!)];
    }

    private Task HoldsAsync(string pattern) =>
        Eventually.IsTrueAsync(async () => (await KeysAsync(pattern)).Length == 1, $"Redis holds {pattern}");

    private async Task PoisonAsync(string key, string how)
    {
        using var redis = _server.Connect();
        var database = redis.GetDatabase();
        var bytes = (byte[])(await database.StringGetAsync(key))!;
        switch (how)
        {
            case "garbage":
                await database.StringSetAsync(key, "garbage that nobody wrote on purpose", TimeSpan.FromMinutes(1));
                break;
            case "cut":
                await database.StringSetAsync(key, bytes[..^3], TimeSpan.FromMinutes(1));
                break;
            case "flipped":
                bytes[^1] ^= 1;
                await database.StringSetAsync(key, bytes, TimeSpan.FromMinutes(1));
                break;
            default:
                await database.KeyDeleteAsync(key);
                await database.HashSetAsync(key, "field", "value");
                break;
        }
    }
}

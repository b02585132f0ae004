using Trading.ServiceDefaults.Cache;
using Trading.Tests.Faults;

namespace Trading.Tests.Unit.Cache;

/// <summary>The cache without Redis: what one process does.</summary>
public sealed class MemoryTests
{
    private const int Keys = 10_000;

    // The share of requests that the 2,000 most popular of 10,000 keys get where the n-th gets 1/n of the first.
    private const double BestPossible = 0.836;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Under_a_Zipf_load_with_room_for_a_fifth_of_the_keys_at_least_80_of_100_come_from_memory()
    {
        await using var replica = await CacheReplica.StartAsync(null, ("MemoryEntries", "2000"));
        var keys = new Zipf(Keys, seed: 42);
        for (var key = 0; key < Keys; key++)
        {
            await GetAsync(replica, key);
        }

        var before = replica.Queries;
        const int Requests = 300_000;
        for (var request = 0; request < Requests; request++)
        {
            await GetAsync(replica, keys.Next());
        }

        var share = 1 - ((replica.Queries - before) / (double)Requests);
        Assert.InRange(share, 0.80, BestPossible + 0.01);
        Assert.Equal(2000, replica.Cache.Statistics.Entries);
    }

    [Fact]
    public async Task What_is_asked_for_anew_takes_the_place_of_what_nobody_asks_for_any_more()
    {
        await using var replica = await CacheReplica.StartAsync(null, ("MemoryEntries", "100"));
        await AskOftenAsync(replica, "old", 20);

        await AskOftenAsync(replica, "new", 60);

        var before = replica.Queries;
        for (var key = 0; key < 100; key++)
        {
            await replica.GetAsync($"new {key}", _ => Text("value"));
        }

        Assert.InRange(replica.Queries - before, 0, 10);
    }

    [Fact]
    public async Task Memory_is_bounded_by_bytes_too()
    {
        await using var replica = await CacheReplica.StartAsync(null, ("MemoryBytes", "100000"));
        for (var key = 0; key < 1000; key++)
        {
            await replica.GetAsync($"key {key}", _ => Text(new string('x', 1000)));
        }

        Assert.InRange(replica.Cache.Statistics.Bytes, 50_000, 100_000);
        Assert.InRange(replica.Cache.Statistics.Entries, 40, 90);
    }

    [Fact]
    public async Task Two_hundred_at_once_make_one_query()
    {
        await using var replica = await CacheReplica.StartAsync(null);
        var release = new TaskCompletionSource();

        var asked = Enumerable.Range(0, 200).Select(_ => Task.Run(
            () => replica.GetAsync("key", async _ => { await release.Task; return "value"; }), Cancellation)).ToArray();
        await Eventually.IsTrueAsync(
            () => Task.FromResult(replica.Cache.Kind(CacheKinds.Signals).Joined == 199), "all wait for one query");
        release.SetResult();

        Assert.All(await Task.WhenAll(asked), value => Assert.Equal("value", value));
        Assert.Equal(1, replica.Queries);
    }

    [Fact]
    public async Task The_first_caller_may_leave_without_taking_the_query_from_the_others()
    {
        await using var replica = await CacheReplica.StartAsync(null);
        var cache = replica.Cache;
        var release = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        Task<CacheRead<string>> AskAsync(CancellationToken cancellation) => cache.GetAsync(
            "key", cache.Kind(CacheKinds.Signals), [], new TextCodec(), async abandoned =>
            {
                await release.Task.WaitAsync(abandoned);
                return "value";
            },
            cancellation).AsTask();

        var first = AskAsync(impatient.Token);
        var second = AskAsync(Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();

        Assert.Equal("value", (await second).Value);
    }

    [Fact]
    public async Task The_query_is_cancelled_when_the_last_caller_has_left_and_the_next_begins_another()
    {
        await using var replica = await CacheReplica.StartAsync(null);
        var cache = replica.Cache;
        var cancelled = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var asked = cache.GetAsync(
            "key", cache.Kind(CacheKinds.Signals), [], new TextCodec(), async abandoned =>
            {
                abandoned.Register(() => cancelled.TrySetResult());
                await Task.Delay(Timeout.Infinite, abandoned);
                return "never";
            },
            impatient.Token).AsTask();

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal("value", await replica.GetAsync("key", _ => Text("value")));
    }

    [Fact]
    public async Task Failures_and_what_is_not_to_be_kept_are_not_cached()
    {
        await using var replica = await CacheReplica.StartAsync(null);

        await Assert.ThrowsAsync<TimeoutException>(() => replica.GetAsync("key", _ => throw new TimeoutException()));
        Assert.Null(await replica.GetAsync("key", _ => Task.FromResult<string?>(null)));

        Assert.Equal("value", await replica.GetAsync("key", _ => Text("value")));
        Assert.Equal("value", await replica.GetAsync("key", _ => Text("another")));
    }

    [Fact]
    public async Task A_value_lives_no_longer_than_its_kind_says()
    {
        await using var replica = await CacheReplica.StartAsync(null, ("Lifetimes:signals", "00:00:00.2"));
        await replica.GetAsync("key", _ => Text("old"));

        await Eventually.IsTrueAsync(
            async () => await replica.GetAsync("key", _ => Text("new")) == "new",
            "the old value is gone",
            TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("Lifetimes:weather", "00:01:00", "Lifetimes:weather is no kind of data")]
    [InlineData("Lifetimes:quotes", "00:00:00", "Lifetimes:quotes is 00:00:00")]
    [InlineData("MemoryEntries", "0", "MemoryEntries")]
    public async Task Settings_that_make_no_sense_refuse_to_start(string key, string value, string named)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => CacheReplica.StartAsync(null, (key, value)));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetBars/AAPL*", "GetBars/AAPL?interval=1d", true)]
    [InlineData("GetBars/AAPL*", "GetBars/MSFT", false)]
    [InlineData("*interval=1d*", "GetBars/AAPL?interval=1d&limit=5", true)]
    [InlineData("*limit=5", "GetBars/AAPL?interval=1d&limit=5", true)]
    [InlineData("*limit=5", "GetBars/AAPL?limit=50", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("*", "anything", true)]
    [InlineData("exact", "exact", true)]
    [InlineData("exact", "exactly", false)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    public void A_star_stands_for_any_text(string pattern, string key, bool matches) =>
        Assert.Equal(matches, new KeyPattern(pattern).Matches(key));

    private static Task<string?> Text(string text) => Task.FromResult<string?>(text);

    private static Task<string?> GetAsync(CacheReplica replica, int key) => replica.GetAsync($"key {key}", _ => Text("value"));

    private static async Task AskOftenAsync(CacheReplica replica, string name, int times)
    {
        for (var time = 0; time < times; time++)
        {
            for (var key = 0; key < 100; key++)
            {
                await replica.GetAsync($"{name} {key}", _ => Text("value"));
            }
        }
    }

    /// <summary>Numbers of keys; the n-th comes 1/n as often as the first.</summary>
    private sealed class Zipf
    {
        private readonly double[] _upTo;
        private readonly Random _random;

        public Zipf(int keys, int seed)
        {
            _random = new Random(seed);
            _upTo = new double[keys];
            var sum = 0d;
            for (var key = 0; key < keys; key++)
            {
                _upTo[key] = sum += 1d / (key + 1);
            }
        }

        public int Next()
        {
            var found = Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]);
            return Math.Min(found < 0 ? ~found : found, _upTo.Length - 1);
        }
    }
}

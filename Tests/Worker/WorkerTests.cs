using Npgsql;
using Trading.Data.Bars;
using Trading.Domain.Market;
using Trading.Tests.Faults;
using Trading.Tests.Integration;

namespace Trading.Tests.Worker;

/// <summary>The worker while what it needs goes away and comes back.</summary>
[Collection(SystemTests.Name)]
public sealed class WorkerTests(TradingSystem system) : IAsyncLifetime
{
    private ScratchDatabase? _database;
    private RedisServer? _redis;
    private TickLog? _log;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScratchDatabase Database => _database!;

    private RedisServer Redis => _redis!;

    private TickLog Log => _log!;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system);
        _redis = await RedisServer.StartAsync();
        _log = new TickLog(_redis);
    }

    public async ValueTask DisposeAsync()
    {
        _log?.Dispose();
        await Redis.DisposeAsync();
        await Database.DisposeAsync();
    }

    [Fact]
    public async Task One_of_two_workers_stopped_the_other_resumes_with_one_copy_per_tick()
    {
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400");
        var (one, other) = (new CountingSource(), new CountingSource(1_000_000));
        await using var first = await WorkerHost.StartAsync(Database, Redis, one);
        await TicksAsync(one, 5);
        await using var second = await WorkerHost.StartAsync(Database, Redis, other);
        await Eventually.IsTrueAsync(() => Task.FromResult(second.Shards > 0), "the second has its share");

        await first.StopAsync();
        await TicksAsync(other, 1_000_005);

        var frames = await Eventually.ReturnsAsync(
            async () => await Log.ReadAsync() is [.., var newest] read && newest.Quotes["AAA"].Price >= 1_000_005 ? read : null,
            "the second worker's ticks are in the stream");
        var prices = frames.Select(frame => frame.Quotes["AAA"].Price).ToArray();
        Assert.Equal(prices.Order().Distinct(), prices);
        Assert.Equal(
            frames.Select(frame => frame.Header.Sequence).Order().Distinct(), frames.Select(frame => frame.Header.Sequence));
        await Eventually.IsTrueAsync(async () => await second.CheckAsync("quotes") == "Healthy", "the second worker is ready");
    }

    [Fact]
    public async Task A_worker_whose_lease_another_took_stops()
    {
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400");
        var source = new CountingSource();
        await using var worker = await WorkerHost.StartAsync(Database, Redis, source);
        await StoredAsync(atLeast: 1);

        await using var other = await TakeLeaseAsync();
        await Eventually.IsTrueAsync(
            () => Task.FromResult(worker.Stopping.IsCancellationRequested), "the worker stops");
        await worker.StopAsync();
        var ticks = source.Ticks;
        await using var next = await WorkerHost.StartAsync(Database, Redis, new CountingSource(1_000_000));
        await other.DisposeAsync();
        await StoredAsync(atLeast: 1_000_001);

        Assert.Equal(ticks, source.Ticks);
    }

    [Fact]
    public async Task Stale_writes_of_a_worker_that_another_replaced_are_fenced()
    {
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400");
        var id = (await Database.InstrumentAsync("AAA")).Id;
        Task<bool> SaveAsync(double price, string? from, string to)
        {
            var time = new DateTime(2024, 1, 3, 15, 0, 0, DateTimeKind.Utc);
            var bar = new InstrumentBar(id, new Bar(time, price, price, price, price, 1), BarSource.Live);
            return Database.Bars.TrySaveBatchAsync([bar], [], "ticks", from, to, Cancellation);
        }

        Assert.True(await SaveAsync(1, null, "9-0"), "The first worker stores.");
        Assert.True(await SaveAsync(2, "9-0", "10-0"), "The second goes on from there.");
        Assert.False(await SaveAsync(3, "9-0", "11-0"), "The first knows nothing of that.");
        Assert.False(await SaveAsync(3, null, "11-0"), "Nor does one that began before anything was stored.");

        Assert.Equal("10-0", await Database.Bars.ReadCheckpointAsync("ticks", Cancellation));
        Assert.Equal(2, Assert.Single(await Database.BarsAsync("AAA", BarInterval.OneMinute)).Bar.Close);
    }

    [Fact]
    public async Task While_Redis_hangs_ticks_wait_in_order_and_none_is_lost()
    {
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400");
        var source = new CountingSource();
        await using var worker = await WorkerHost.StartAsync(Database, Redis, source);
        await Eventually.IsTrueAsync(async () => await worker.CheckAsync("redis") == "Healthy", "Redis is reached");

        await Redis.HaltAsync();
        await Eventually.IsTrueAsync(async () => await worker.CheckAsync("redis") == "Degraded", "Redis is missed");
        var missed = source.Ticks;
        await TicksAsync(source, missed + 40);
        Assert.True((await worker.QuotesAsync())["AAA"].Price > missed, "The worker itself gives newer quotes.");
        await Redis.ContinueAsync();
        await Eventually.IsTrueAsync(async () => await worker.CheckAsync("redis") == "Healthy", "Redis is back");

        // Also what Redis took before it answered again is there once.
        await PublishedUpToAsync(source.Ticks);
        var prices = await Log.PricesAsync("AAA");
        Assert.Equal(Enumerable.Range(1, prices.Length).Select(number => (double)number), prices);
    }

    [Fact]
    public async Task Redis_that_comes_back_empty_gets_the_newest_quotes_and_the_ticks_it_missed()
    {
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400", "BBB,2024-01-02,10,12,9,11,400");
        var source = new CountingSource();
        await using var worker = await WorkerHost.StartAsync(Database, Redis, source);
        await Eventually.IsTrueAsync(async () => await worker.CheckAsync("redis") == "Healthy", "Redis is reached");

        await Redis.StopAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(worker.Backlog > 10), "ticks wait");
        var missed = source.Ticks;
        await Redis.RunAsync();

        var prices = await PublishedUpToAsync(missed);
        Assert.Contains(missed, prices.Select(price => (long)price));
        Assert.Equal(Enumerable.Range((int)prices[0], prices.Length).Select(number => (double)number), prices);
        Assert.Equal(["AAA", "BBB"], await Log.LatestAsync());
    }

    [Fact]
    public async Task While_PostgreSQL_is_away_ticks_wait_in_the_stream_and_become_bars_without_a_gap()
    {
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400");
        var source = new CountingSource();
        await using var worker = await WorkerHost.StartAsync(Database, Redis, source);
        await StoredAsync(atLeast: 1);

        await Database.GoAwayAsync();
        await Eventually.IsTrueAsync(async () => await worker.CheckAsync("ingest") == "Degraded", "it is told");
        var missed = source.Ticks;
        await TicksAsync(source, missed + 40);
        await Database.ComeBackAsync();

        await StoredAsync(atLeast: missed + 40);
        await Eventually.IsTrueAsync(async () => await worker.CheckAsync("ingest") == "Healthy", "it is told");
        AssertWithoutGap(await Database.BarsAsync("AAA", BarInterval.OneMinute));
    }

    [Fact]
    public async Task A_worker_that_is_stopped_and_started_goes_on_with_the_open_bars()
    {
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400");
        var source = new CountingSource();
        await using (await WorkerHost.StartAsync(Database, Redis, source))
        {
            await TicksAsync(source, 20);
        }

        // Its own source knows of no instrument before the worker has its part of them.
        source = new CountingSource(source.Ticks);
        await using var again = await WorkerHost.StartAsync(Database, Redis, source);
        await TicksAsync(source, source.Ticks + 20);
        await StoredAsync(atLeast: source.Ticks);

        AssertWithoutGap(await Database.BarsAsync("AAA", BarInterval.OneMinute));
    }

    [Fact]
    public async Task What_is_imported_is_quoted_without_a_restart_and_what_is_gone_no_longer()
    {
        await Database.ImportAsync("AAA,2024-01-02,10,12,9,11,400");
        await using var worker = await WorkerHost.StartAsync(Database, Redis, source: null);
        await LatestAsync("AAA");

        await Database.ImportAsync("BBB,2024-01-02,20,22,19,21,400");
        await LatestAsync("AAA", "BBB");
        await Database.ExecuteAsync(
            """
            WITH gone AS (SELECT id FROM instruments WHERE ticker = 'AAA'),
                minutes AS (DELETE FROM minute_bars USING gone WHERE instrument_id = id),
                days AS (DELETE FROM daily_bars USING gone WHERE instrument_id = id)
            DELETE FROM instruments USING gone WHERE instruments.id = gone.id
            """);

        await LatestAsync("BBB");
        Assert.Equal(["BBB"], (await worker.QuotesAsync()).Keys);
    }

    [Theory]
    [InlineData("Quotes:Tickers", "bbb, ccc", new[] { "BBB", "CCC" })]
    [InlineData("Quotes:Limit", "2", new[] { "AAA", "BBB" })]
    public async Task Only_what_is_asked_for_is_quoted(string key, string value, string[] expected)
    {
        await Database.ImportAsync(
            "AAA,2024-01-02,10,12,9,11,400", "BBB,2024-01-02,20,22,19,21,400", "CCC,2024-01-02,20,22,19,21,400");

        await using var worker = await WorkerHost.StartAsync(Database, Redis, source: null, (key, value));

        await LatestAsync(expected);
    }

    [Fact]
    public async Task Replayed_sessions_are_told_as_such_and_end_at_the_last_close()
    {
        await Database.ImportAsync(
            "AAA,2024-01-02,10,12,9,11,400", "AAA,2024-01-03,11,13,10,12,400", "BBB,2024-01-03,20,22,19,21,800");

        await using var worker = await WorkerHost.StartAsync(
            Database, Redis, source: null, ("Quotes:Source", "Replay"), ("Quotes:Replay:Speed", "600"), ("Quotes:Replay:Loop", "false"));
        var last = await Eventually.ReturnsAsync(
            async () => await worker.QuotesAsync() is { Count: 2 } quotes && quotes["AAA"].Price == 12 && quotes["BBB"].Price == 21
                ? quotes
                : null,
            "the last session is over");

        Assert.Equal((11, 11, 13, 10), (last["AAA"].PreviousClose, last["AAA"].Open, last["AAA"].High, last["AAA"].Low));
        Assert.All(await Log.ReadAsync(), frame => Assert.Equal(BarSource.Replay, frame.Header.Source));
        var bars = await Eventually.ReturnsAsync(
            async () => await Database.BarsAsync("BBB", BarInterval.OneMinute) is { Count: > 0 } stored ? stored : null, "bars");
        Assert.All(bars, bar => Assert.Equal(BarSource.Replay, bar.Source));
    }

    private static void AssertWithoutGap(IReadOnlyList<StoredBar> minutes)
    {
        Assert.NotEmpty(minutes);
        Assert.Equal(1, minutes[0].Bar.Open);
        for (var minute = 1; minute < minutes.Count; minute++)
        {
            Assert.Equal(minutes[minute - 1].Bar.Close + 1, minutes[minute].Bar.Open);
        }
    }

    private static Task TicksAsync(CountingSource source, long atLeast) => Eventually.IsTrueAsync(
        () => Task.FromResult(source.Ticks >= atLeast), $"{atLeast} ticks");

    private Task LatestAsync(params string[] tickers) => Eventually.IsTrueAsync(
        async () => (await Log.LatestAsync()).SequenceEqual(tickers), $"Redis has {string.Join(", ", tickers)}");

    /// <summary>The different prices of AAA in the stream, once it has a tick.</summary>
    private async Task<double[]> PublishedUpToAsync(long tick) => await Eventually.ReturnsAsync(
        async () => (await Log.PricesAsync("AAA")).Distinct().ToArray() is { Length: > 0 } prices && prices.Max() >= tick
            ? prices
            : null,
        $"tick {tick} is in the stream");

    private Task StoredAsync(long atLeast) => Eventually.IsTrueAsync(
        async () => await LastStoredAsync() >= atLeast, $"tick {atLeast} is stored");

    private async Task<double> LastStoredAsync() =>
        (await Database.BarsAsync("AAA", BarInterval.OneMinute)) is [.., var last] ? last.Bar.Close : 0;

    /// <summary>Waits in line for the worker's lease, then cuts the worker's connection.</summary>
    private async Task<NpgsqlConnection> TakeLeaseAsync()
    {
        const string Held =
            "FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        var connection = await Database.Source.OpenConnectionAsync(Cancellation);
        await using var take = new NpgsqlCommand(
            $"SELECT pg_advisory_lock((SELECT (classid::bigint << 32) | objid::bigint {Held}))", connection);
        var taking = take.ExecuteNonQueryAsync(Cancellation);
        await Eventually.IsTrueAsync(
            async () =>
            {
                await using var waiting = Database.Source.CreateCommand(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
                return (long)(await waiting.ExecuteScalarAsync(Cancellation))! > 0;
            },
            "the test waits in line");
        await Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) {Held}");
        await taking;
        return connection;
    }
}

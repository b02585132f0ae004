using Microsoft.Extensions.DependencyInjection;
using Trading.Data.Locks;
using Trading.Domain.Market;
using Trading.PricingWorker.Quotes;
using Trading.PricingWorker.Sharing;
using Trading.Tests.Faults;
using Trading.Tests.Integration;

namespace Trading.Tests.Worker;

/// <summary>Workers that share what is quoted, while some of them come, go, die and pause.</summary>
[Collection(SystemTests.Name)]
public sealed class SharingTests(TradingSystem system) : IAsyncLifetime
{
    private const double OthersStart = 1_000_000;
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(3);
    private static readonly string[] _tickers = [.. Enumerable.Range(0, 40).Select(number => $"SHR{number:D2}")];

    private ScratchDatabase _database = null!;
    private RedisServer _redis = null!;
    private TickLog _log = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system);
        _redis = await RedisServer.StartAsync();
        _log = new TickLog(_redis);
        await _database.ImportAsync([.. _tickers.Select(ticker => $"{ticker},2024-01-02,10,12,9,11,400")]);
    }

    public async ValueTask DisposeAsync()
    {
        _log.Dispose();
        await _redis.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Workers_share_the_instruments_and_hand_them_over_with_one_copy_per_tick()
    {
        await using var first = await StartAsync(new CountingSource());
        await QuotesAsync(first, _tickers.Length);
        var second = await StartAsync(new CountingSource((long)OthersStart));
        await Eventually.IsTrueAsync(() => Task.FromResult((first.Shards, second.Shards) == (8, 8)), "each has its half");
        await Eventually.IsTrueAsync(
            async () =>
            {
                var (one, other) = (await first.QuotesAsync(), await second.QuotesAsync());
                return one.Count > 0 && other.Count > 0 && one.Count + other.Count == _tickers.Length
                    && !one.Keys.Intersect(other.Keys).Any();
            },
            "each quotes its own");
        Assert.Equal("Healthy", await second.CheckAsync("quotes"));

        await second.DisposeAsync();
        await QuotesAsync(first, _tickers.Length);
        await Eventually.IsTrueAsync(async () => await LastSourcesAsync() is { Others: 0 }, "the first has them all again");

        await AssertOneCopyAsync();
    }

    [Fact]
    public async Task One_of_two_workers_killed_its_symbols_resume_within_lease_plus_5_s_one_copy_per_tick()
    {
        await using var killed = StartProcess();
        await using var other = await StartAsync(new CountingSource((long)OthersStart));
        await BothQuoteAsync(killed, other);

        await killed.KillAsync();

        await Eventually.IsTrueAsync(
            async () => await LastSourcesAsync() is { Ones: 0, All: 40 }, "the other quotes them all", _lease + TimeSpan.FromSeconds(5));
        await AssertOneCopyAsync();
    }

    [Fact]
    public async Task A_worker_paused_past_its_lease_and_continued_publishes_nothing_of_what_another_took()
    {
        await using var paused = StartProcess();
        await using var other = await StartAsync(new CountingSource((long)OthersStart));
        await BothQuoteAsync(paused, other);

        await paused.HaltAsync();
        await Eventually.IsTrueAsync(
            async () => other.Shards == Shard.Count && await LastSourcesAsync() is { Ones: 0, All: 40 }, "the other has them all");
        await paused.ContinueAsync();

        // It gets a part again only when the other gives one away, and goes on there from what the other quoted last.
        await BothQuoteAsync(paused, other);
        await AssertOneCopyAsync();
    }

    [Fact]
    public async Task What_still_waits_in_a_worker_goes_out_without_what_another_has_taken()
    {
        await using var first = await StartAsync(new CountingSource());
        await QuotesAsync(first, _tickers.Length);
        var before = first.Fences;
        await using var second = await StartAsync(new CountingSource((long)OthersStart));
        await Eventually.IsTrueAsync(() => Task.FromResult((first.Shards, second.Shards) == (8, 8)), "each has its half");
        var kept = _tickers.First(ticker => first.Fences.Any(fence => fence.Shard == Shard.Of(ticker)));
        var given = _tickers.First(ticker => second.Fences.Any(fence => fence.Shard == Shard.Of(ticker)));
        var number = first.Services.GetRequiredService<FrameSequence>().Next(TimeProvider.System.GetUtcNow().UtcDateTime);

        first.Services.GetRequiredService<FrameBacklog>().Add(FrameOf(number, before, (kept, 0.25), (given, 0.25)));

        var late = await Eventually.ReturnsAsync(
            async () => (await _log.ReadAsync()).Where(frame => frame.Quotes.Values.Any(quote => quote.Price == 0.25))
                .ToArray() is [var one]
                ? one.Quotes
                : null,
            "what the first still has is published");
        Assert.Equal([kept], late.Keys);
        await QuotesGoOnAsync();
        var sequences = (await _log.ReadAsync()).Select(frame => frame.Header.Sequence).ToArray();
        Assert.Equal(sequences.Order().Distinct(), sequences);
    }

    [Fact]
    public async Task A_worker_whose_lease_stands_but_whose_token_is_not_the_newest_takes_the_shard_anew()
    {
        await using var worker = await StartAsync(new CountingSource((long)OthersStart));
        await QuotesAsync(worker, _tickers.Length);
        var shard = Shard.Of(_tickers[0]);
        // As a worker does that does not see Redis, and so not the lease.
        var taken = await worker.Services.GetRequiredService<FenceStore>().NextAsync($"quotes:{shard}", Cancellation);
        using var redis = _redis.Connect();
        await FrameChannel.PublishAsync(
            redis.GetDatabase(), "another", FrameOf(1, [new ShardFence(shard, taken)], (_tickers[0], 1)), 100, isNews: true);

        await Eventually.IsTrueAsync(
            () => Task.FromResult(worker.Fences.Any(fence => fence.Shard == shard && fence.Token > taken)), "it has a newer token");
        await Eventually.IsTrueAsync(async () => await LastSourcesAsync() is { Ones: 0, All: 40 }, "it quotes them all");
    }

    [Fact]
    public async Task A_frame_of_an_older_lease_than_Redis_knows_is_refused_as_a_whole()
    {
        using var redis = _redis.Connect();
        var number = 0;
        Task<Published> PublishAsync(string ticker, long token) => FrameChannel.PublishAsync(
            redis.GetDatabase(), "one", FrameOf(++number, [new ShardFence(2, 9), new ShardFence(3, token)], (ticker, 1)), 100, isNews: true);

        var first = await PublishAsync("FIRST", 5);
        var newer = await PublishAsync("NEWER", 6);
        var late = await PublishAsync("LATE", 5);
        var again = await PublishAsync("AGAIN", 6);

        Assert.Equal((null, null, 3, null), (first.StaleShard, newer.StaleShard, late.StaleShard, again.StaleShard));
        Assert.Equal([first.Sequence, newer.Sequence, again.Sequence], [first.Sequence, first.Sequence + 1, first.Sequence + 2]);
        var frames = await _log.ReadAsync();
        Assert.Equal(["FIRST", "NEWER", "AGAIN"], frames.Select(frame => frame.Quotes.Keys.Single()));
        Assert.Equal([first.Sequence, newer.Sequence, again.Sequence], frames.Select(frame => frame.Header.Sequence));
        Assert.Equal(["AGAIN", "FIRST", "NEWER"], await _log.LatestAsync());
    }

    [Fact]
    public async Task Workers_that_start_with_both_stores_absent_share_the_instruments_unaided_when_these_are_there()
    {
        await _database.GoAwayAsync();
        await _redis.StopAsync();
        await using var first = await StartAsync(new CountingSource());
        await using var second = await StartAsync(new CountingSource((long)OthersStart));
        await Eventually.IsTrueAsync(async () => await first.CheckAsync("redis") == "Degraded", "it is told");

        await _redis.RunAsync();
        await _database.ComeBackAsync();

        await Eventually.IsTrueAsync(() => Task.FromResult((first.Shards, second.Shards) == (8, 8)), "each has its half");
        await Eventually.IsTrueAsync(async () => await LastSourcesAsync() is { Ones: > 0, Others: > 0, All: 40 }, "both quote");
        await AssertOneCopyAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_Redis_is_away_each_worker_keeps_its_own_and_when_it_is_back_the_sequence_has_not_gone_back(bool hangs)
    {
        await using var first = await StartAsync(new CountingSource());
        await using var second = await StartAsync(new CountingSource((long)OthersStart));
        await Eventually.IsTrueAsync(() => Task.FromResult((first.Shards, second.Shards) == (8, 8)), "each has its half");
        await Eventually.IsTrueAsync(async () => await LastSourcesAsync() is { Ones: > 0, Others: > 0, All: 40 }, "both quote");
        var last = (await _log.ReadAsync())[^1].Header.Sequence;

        await (hangs ? _redis.HaltAsync() : _redis.StopAsync());
        var stopped = TimeProvider.System.GetTimestamp();
        await Eventually.IsTrueAsync(
            () =>
            {
                Assert.Equal((8, 8), (first.Shards, second.Shards));
                return Task.FromResult(TimeProvider.System.GetElapsedTime(stopped) > 2 * _lease);
            },
            "two leases have passed");
        await (hangs ? _redis.ContinueAsync() : _redis.RunAsync());

        await Eventually.IsTrueAsync(async () => await LastSourcesAsync() is { Ones: > 0, Others: > 0, All: 40 }, "both quote again");
        await Eventually.IsTrueAsync(
            async () => await _log.ReadAsync() is [.., var newest] && newest.Header.Sequence > last, "new quotes are in the stream");
        var sequences = (await _log.ReadAsync()).Select(frame => frame.Header.Sequence).ToArray();
        Assert.True(hangs || sequences[0] > last, "The sequence did not go back.");
        Assert.Equal(sequences.Order().Distinct(), sequences);
        await AssertOneCopyAsync();
    }

    private static Task QuotesAsync(WorkerHost worker, int count) => Eventually.IsTrueAsync(
        async () => (await worker.QuotesAsync()).Count == count, $"the worker quotes {count}");

    private static TickFrame FrameOf(long number, ShardFence[] fences, params (string Ticker, double Price)[] quotes)
    {
        var bytes = new byte[QuoteFrame.HeaderLength + (quotes.Length * QuoteFrame.MaxQuoteLength)];
        Quote[] all = [.. quotes.Select(quote => new Quote(quote.Ticker, quote.Price, 1, 1, 1, 1, 1))];
        var length = QuoteFrame.Write(bytes, number, DateTime.UnixEpoch, BarSource.Live, all);
        return new TickFrame(number, quotes.Length, bytes[..length], fences);
    }

    /// <summary>A worker of its own process; it invents prices, of about what was imported.</summary>
    private WorkerProcess StartProcess() => WorkerProcess.Start(
        _database.ConnectionString,
        _redis.Address,
        ("Quotes:TicksPerSecond", "20"),
        ("Quotes:ChangeShare", "1"),
        ("Quotes:Sharing:Lease", _lease.ToString()),
        ("Quotes:Sharing:Period", "00:00:00.2"),
        ("Market:Synthetic", "false"),
        ("Schedules:Enabled", "false"));

    /// <summary>Waits until each of both quotes its half.</summary>
    private async Task BothQuoteAsync(WorkerProcess process, WorkerHost host)
    {
        try
        {
            await Eventually.IsTrueAsync(
                async () => host.Shards == 8 && await LastSourcesAsync() is { Ones: > 0, Others: > 0, All: 40 }, "both quote");
        }
        catch (Xunit.Sdk.XunitException error)
        {
            throw new Xunit.Sdk.XunitException(
                $"{error.Message}: {host.Shards} shards are here, {await LastSourcesAsync()}; the process said: {process.Output}", error);
        }
    }

    private async Task QuotesGoOnAsync()
    {
        var count = (await _log.ReadAsync()).Count;
        await Eventually.IsTrueAsync(async () => (await _log.ReadAsync()).Count > count + 4, "quotes go on");
    }

    private Task<WorkerHost> StartAsync(CountingSource source) => WorkerHost.StartAsync(
        _database, _redis, source, ("Quotes:Sharing:Lease", _lease.ToString()), ("Quotes:Sharing:Period", "00:00:00.2"));

    /// <summary>Whether a quote is of the one worker: a process invents it, and another here counts from 1.</summary>
    private static bool IsOf((QuoteFrame.Header Header, IReadOnlyDictionary<string, Quote> Quotes) frame, string ticker) =>
        frame.Header.Source == BarSource.Simulated || frame.Quotes[ticker].Price < OthersStart;

    /// <summary>How many tickers were quoted by the one and by the other in the newest frames, and how many at all.</summary>
    private async Task<(int Ones, int Others, int All)> LastSourcesAsync()
    {
        var newest = (await _log.ReadAsync()).TakeLast(6).ToArray();
        var (ones, others) = (new HashSet<string>(), new HashSet<string>());
        foreach (var frame in newest)
        {
            foreach (var ticker in frame.Quotes.Keys)
            {
                (IsOf(frame, ticker) ? ones : others).Add(ticker);
            }
        }

        return (ones.Count, others.Count, ones.Union(others).Count());
    }

    /// <summary>
    /// Frames are in one order; each ticker has each moment once, in order, and each tick of a source that counts at most
    /// once. Once another has taken a ticker over, its former worker is not heard of it until it takes it over itself.
    /// </summary>
    private async Task AssertOneCopyAsync()
    {
        var frames = await _log.ReadAsync();
        var sequences = frames.Select(frame => frame.Header.Sequence).ToArray();
        Assert.Equal(sequences.Order().Distinct(), sequences);
        foreach (var ticker in _tickers)
        {
            var own = frames.Where(frame => frame.Quotes.ContainsKey(ticker)).ToArray();
            var times = own.Select(frame => frame.Header.Time).ToArray();
            Assert.Equal(times.Order().Distinct(), times);
            var turns = own.Select(frame => IsOf(frame, ticker)).Aggregate(
                new List<bool>(), (all, one) => all is [.., var last] && last == one ? all : [.. all, one]);
            Assert.InRange(turns.Count, 1, 4);
            var counted = own.Where(frame => !IsOf(frame, ticker)).Select(frame => frame.Quotes[ticker].Price).ToArray();
            Assert.Equal(counted.Order().Distinct(), counted);
        }
    }
}

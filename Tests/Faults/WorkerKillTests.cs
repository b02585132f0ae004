using System.Diagnostics;
using System.Text;
using StackExchange.Redis;
using Trading.Domain.Market;
using Trading.Tests.Integration;
using Trading.Tests.Worker;

namespace Trading.Tests.Faults;

[Collection(SystemTests.Name)]
public sealed class WorkerKillTests(TradingSystem system)
{
    private const int Kills = 20;

    // Instruments that other tests add have past bars made up by the hour of the run, some of later than its quotes.
    private static readonly HashSet<string> _demo = [.. SyntheticCompanies.All.Select(company => company.Ticker)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_killed_during_ingest_loses_no_acknowledged_bar_and_stores_none_twice()
    {
        var random = new Random(20260101);
        await system.AnyTickerAsync(Cancellation);
        var begin = await NewestIdAsync();

        // While one is killed the other quotes, and takes the storing over where that was the other's.
        await using (var second = await StartSecondAsync())
        {
            var last = 0;
            for (var kill = 0; kill < Kills; kill++)
            {
                var frames = random.Next(1, 12);
                if (kill % 2 == 0)
                {
                    last = await KillAsync(last, frames);
                }
                else
                {
                    await KillAsync(second, frames);
                }
            }

            await system.ProcessIdAsync("pricingworker", not: last, Cancellation);
            await system.WaitUntilHealthyAsync("pricingworker", Cancellation);
        }

        await AssertOneCopyAsync(begin);
        await Eventually.IsTrueAsync(
            HasWholeMinuteAsync, "a whole minute of ticks", TimeSpan.FromMinutes(3));
        await WaitForEmptyBacklogAsync();

        var expected = await BarsOfTheStreamAsync();
        await WaitForEmptyBacklogAsync();
        var stored = await StoredBarsAsync();
        foreach (var (key, bar) in expected.Where(minute => _demo.Contains(minute.Key.Ticker)))
        {
            Assert.True(stored.TryGetValue(key, out var row), $"The bar of {key} is missing.");
            Assert.Equal(bar, row);
        }
    }

    private async Task<WorkerProcess> StartSecondAsync() => WorkerProcess.Start(
        await system.ConnectionStringAsync("tradingdb"), await system.ConnectionStringAsync("cache"), TradingSystem.WorkerSettings);

    private async Task<int> KillAsync(int last, int frames)
    {
        var pid = await system.ProcessIdAsync("pricingworker", not: last, Cancellation);
        await Eventually.IsTrueAsync(
            () => IsReadyAsync(system.WorkerAddress), "the worker quotes");
        await WaitForFramesAsync(frames);
        using var worker = Process.GetProcessById(pid);
        worker.Kill();
        await worker.WaitForExitAsync(Cancellation);
        // Standalone starts it again by itself; Aspire's host leaves that to the operator.
        await system.StartAsync("pricingworker");
        return pid;
    }

    private async Task KillAsync(WorkerProcess second, int frames)
    {
        await Eventually.IsTrueAsync(() => IsReadyAsync(second.Address), $"the second worker quotes; it said: {second.Output}");
        await WaitForFramesAsync(frames);
        await second.KillAsync();
        second.StartAgain();
    }

    private async Task<bool> IsReadyAsync(Uri worker)
    {
        try
        {
            using var response = await system.Http.GetAsync(new Uri(worker, "/ready"), Cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task WaitForFramesAsync(int frames)
    {
        var begin = await NewestIdAsync();
        await Eventually.IsTrueAsync(
            async () => (await TicksAsync(begin)).Select(tick => tick.Sequence).Distinct().Count() >= frames, "quotes go on");
    }

    /// <summary>
    /// The frames of both are in one order, and of each instrument no moment comes twice, and its volume does not fall: whoever
    /// takes it over goes on from its newest quote, and nobody quotes it beside another.
    /// </summary>
    private async Task AssertOneCopyAsync(string begin)
    {
        var ticks = await TicksAsync(begin);
        var sequences = ticks.Select(tick => tick.Sequence).ToArray();
        Assert.Equal(sequences.Order(), sequences);
        foreach (var quotes in ticks.Where(tick => _demo.Contains(tick.Ticker)).GroupBy(tick => tick.Ticker))
        {
            var times = quotes.Select(tick => tick.Time).ToArray();
            Assert.Equal(times.Order().Distinct(), times);
            foreach (var session in quotes.GroupBy(tick => tick.Time.Date))
            {
                var volumes = session.Select(tick => tick.Volume).ToArray();
                Assert.Equal(volumes.Order(), volumes);
            }
        }
    }

    private async Task<string> NewestIdAsync()
    {
        using var redis = await ConnectAsync();
        return await EdgeAsync(redis, "XREVRANGE", "+", "-");
    }

    private async Task WaitForEmptyBacklogAsync()
    {
        using var redis = await ConnectAsync();
        var target = await EdgeAsync(redis, "XREVRANGE", "+", "-");
        await Eventually.IsTrueAsync(
            async () => await CheckpointAsync() is { } stored && IsAtLeast(stored, target),
            "the stream is stored up to the newest tick",
            TimeSpan.FromSeconds(60));
    }

    private async Task<bool> HasWholeMinuteAsync()
    {
        using var redis = await ConnectAsync();
        var first = Parse(await EdgeAsync(redis, "XRANGE", "-", "+")).Time / 60_000;
        var last = Parse(await EdgeAsync(redis, "XREVRANGE", "+", "-")).Time / 60_000;
        return last >= first + 2;
    }

    private static async Task<string> EdgeAsync(ConnectionMultiplexer redis, string command, string from, string to)
    {
        var entries = await redis.GetDatabase().ExecuteAsync(command, "quotes:ticks", from, to, "COUNT", "1");
        return (string?)Items(Items(entries)[0])[0] ?? string.Empty;
    }

    private static RedisResult[] Items(RedisResult result) => (RedisResult[]?)result ?? [];

    private async Task<string?> CheckpointAsync()
    {
        await using var command = system.Database.CreateCommand("SELECT last_id FROM ingest_checkpoints");
        return await command.ExecuteScalarAsync(Cancellation) as string;
    }

    private static bool IsAtLeast(string id, string other) => Parse(id).CompareTo(Parse(other)) >= 0;

    private static (long Time, long Number) Parse(string id)
    {
        var parts = id.Split('-');
        return (long.Parse(parts[0], null), long.Parse(parts[1], null));
    }

    /// <summary>
    /// The minutes that the stream holds whole, neither its first nor its last, grouped here anew: first, highest,
    /// lowest and last price.
    /// </summary>
    private async Task<Dictionary<(string Ticker, DateTime Time), Prices>> BarsOfTheStreamAsync()
    {
        var ticks = await TicksAsync("-");
        var first = MinuteClose(ticks[0].Time);
        var last = MinuteClose(ticks[^1].Time);
        return ticks
            .GroupBy(tick => (tick.Ticker, Time: MinuteClose(tick.Time)))
            .Where(minute => minute.Key.Time > first && minute.Key.Time < last)
            .ToDictionary(
                minute => minute.Key,
                minute => new Prices(
                    minute.First().Price,
                    minute.Max(tick => tick.Price),
                    minute.Min(tick => tick.Price),
                    minute.Last().Price));
    }

    private static DateTime MinuteClose(DateTime time) =>
        new(((time.Ticks / TimeSpan.TicksPerMinute) + 1) * TimeSpan.TicksPerMinute, DateTimeKind.Utc);

    private async Task<List<Tick>> TicksAsync(string from)
    {
        using var redis = await ConnectAsync();
        var entries = Items(await redis.GetDatabase().ExecuteAsync("XRANGE", "quotes:ticks", from, "+"));
        var ticks = new List<Tick>();
        foreach (var entry in entries)
        {
            var fields = Items(Items(entry)[1]);
            var frame = (byte[]?)fields[1];
            Assert.True(QuoteFrame.TryOpen(frame, out var header, out var reader), "The stream holds frames.");
            while (reader.MoveNext())
            {
                var quote = reader.Current;
                ticks.Add(new Tick(Encoding.ASCII.GetString(reader.Ticker), header.Sequence, header.Time, quote.Price, quote.Volume));
            }
        }

        return ticks;
    }

    private async Task<Dictionary<(string Ticker, DateTime Time), Prices>> StoredBarsAsync()
    {
        await using var command = system.Database.CreateCommand(
            "SELECT ticker, time, open, high, low, close FROM minute_bars JOIN instruments ON id = instrument_id");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var bars = new Dictionary<(string Ticker, DateTime Time), Prices>();
        while (await reader.ReadAsync(Cancellation))
        {
            bars.Add(
                (reader.GetString(0), reader.GetDateTime(1)),
                new Prices(reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetDouble(5)));
        }

        return bars;
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var options = ConfigurationOptions.Parse(await system.ConnectionStringAsync("cache"));
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    private sealed record Tick(string Ticker, long Sequence, DateTime Time, double Price, double Volume);

    private sealed record Prices(double Open, double High, double Low, double Close);
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trading.Data.Backfills;
using Trading.Data.Jobs;
using Trading.Tests.Faults;
using Trading.Tests.Integration;
using Trading.Tests.Unit.Providers;

namespace Trading.Tests.Worker;

/// <summary>Backfills from a provider, across workers.</summary>
[Collection(SystemTests.Name)]
public sealed class BackfillTests(TradingSystem system) : IAsyncLifetime
{
    // A worker takes 16 at a time.
    private const int Count = 40;
    private const int FirstSteps = 32;

    private static readonly DateOnly _from = new(2026, 1, 5);
    private static readonly DateOnly _to = new(2026, 1, 7);

    private readonly string[] _tickers =
        [.. Enumerable.Range(0, Count).Select(one => string.Create(CultureInfo.InvariantCulture, $"T{one:00}-USD"))];

    private ScratchDatabase? _database;
    private RedisServer? _redis;
    private volatile int _most = FirstSteps;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScratchDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system);
        _redis = await RedisServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _redis!.DisposeAsync();
        await Database.DisposeAsync();
    }

    [Fact]
    public async Task A_backfill_goes_on_after_a_restart_where_it_was()
    {
        await using var server = await ProviderServer.StartAsync(AnswerAsync);
        var id = await AddAsync();
        await using (await StartAsync(server))
        {
            await Eventually.IsTrueAsync(async () => (await JobAsync(id)).ProgressDone == FirstSteps, "two steps are done");
            await Eventually.IsTrueAsync(
                () => Task.FromResult(server.Requests.Count > FirstSteps), "the third has begun");
        }

        var between = await JobAsync(id);
        Assert.Equal((JobState.Queued, FirstSteps), (between.State, between.ProgressDone));
        var asked = server.Requests.Count;
        _most = int.MaxValue;
        await using (await StartAsync(server))
        {
            await Eventually.IsTrueAsync(async () => (await JobAsync(id)).State == JobState.Succeeded, "it is done");
        }

        var over = await JobAsync(id);
        Assert.Equal((Count, Count), (over.ProgressDone, over.ProgressTotal));
        var cursor = BackfillCursor.Read(over.Cursor);
        Assert.Equal((Count, 3 * Count, 0), (cursor.Next, cursor.Stored, cursor.Failed));
        Assert.DoesNotContain(
            server.Requests.Skip(asked), request => request.Contains("T00USD", StringComparison.Ordinal));
        Assert.Equal(Count - FirstSteps, server.Requests.Count - asked);
        await using var bars = Database.Source.CreateCommand("SELECT count(*) FROM daily_bars");
        Assert.Equal(3L * Count, await bars.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task What_a_worker_stores_that_lost_its_backfill_to_another_is_not_taken()
    {
        var gate = new TaskCompletionSource();
        await using var server = await ProviderServer.StartAsync(async context =>
        {
            await gate.Task.WaitAsync(context.RequestAborted);
            await AnswerAsync(context);
        });
        var id = await AddAsync();
        await using (await StartAsync(server))
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(server.Requests.Count >= 16), "it has begun");

            // Another has taken it over: the fence is a newer one.
            await Database.ExecuteAsync($"UPDATE jobs SET fence = fence + 1, lease_until = now() + interval '1 hour'");
            gate.SetResult();

            await Eventually.IsTrueAsync(
                () => Task.FromResult(server.Requests.Count >= 16), "the answers are there");
        }

        var job = await JobAsync(id);
        Assert.Equal((JobState.Running, 0), (job.State, job.ProgressDone));
        await using var bars = Database.Source.CreateCommand("SELECT count(*) FROM daily_bars");
        Assert.Equal(0L, await bars.ExecuteScalarAsync(Cancellation));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var ticker = context.Request.Query["symbol"].ToString();
        if (int.Parse(ticker.AsSpan(1, 2), CultureInfo.InvariantCulture) >= _most)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        await context.Response.WriteAsync($"[{string.Join(',', Enumerable.Range(0, 3).Select(Row))}]");
    }

    private static string Row(int day)
    {
        var open = new DateTimeOffset(_from.AddDays(day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
        return string.Create(
            CultureInfo.InvariantCulture, $"[{open},\"100\",\"120\",\"90\",\"110\",\"7\",{open + 86_399_999},\"1\",1,\"1\",\"1\",\"0\"]");
    }

    private async Task<Guid> AddAsync()
    {
        var id = Guid.CreateVersion7();
        var spec = new BackfillSpec(_tickers, "CRYPTO", _from, _to, "1d");
        await new JobQueue(Database.Source).AddAsync(
            new NewJob(id, BackfillSpec.JobKind, spec.Write(), null, Count), Cancellation);
        return id;
    }

    private async Task<Job> JobAsync(Guid id) => (await new JobStore(Database.Source).FindAsync(id, Cancellation))!;

    private Task<WorkerHost> StartAsync(ProviderServer server) => WorkerHost.StartAsync(
        Database,
        _redis!,
        source: null,
        ("Providers:Crypto", "Binance"),
        ("Providers:Binance:Url", server.Url),
        ("Providers:Binance:StreamUrl", "ws://127.0.0.1:9"),
        ("Providers:Binance:RequestsPerSecond", "1000"),
        ("Schedules:CatchUp", "0 0 0 1 1 ?"),
        ("Schedules:Enabled", "false"));
}

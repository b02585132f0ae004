using Trading.Data.Locks;
using Trading.Tests.Faults;
using Trading.Tests.Integration;

namespace Trading.Tests.Worker;

/// <summary>Locks among processes, while what keeps them goes away and comes back.</summary>
[Collection(SystemTests.Name)]
public sealed class LockTests(TradingSystem system) : IAsyncLifetime
{
    private const string Name = "a lock";
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(2);

    private ScratchDatabase _database = null!;
    private RedisServer _redis = null!;
    private LockHolder _one = null!;
    private LockHolder _other = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system);
        _redis = await RedisServer.StartAsync();
        _one = await LockHolder.StartAsync(_database, _redis);
        _other = await LockHolder.StartAsync(_database, _redis);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _redis.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task One_holds_a_lock_at_a_time_for_longer_than_its_lease_and_each_holder_has_a_larger_token()
    {
        var first = await TakeAsync(_one);
        var asked = TimeProvider.System.GetTimestamp();
        await Eventually.IsTrueAsync(
            async () =>
            {
                Assert.Null(await _other.Locks.TryAcquireAsync(Name, _lease, Cancellation));
                return TimeProvider.System.GetElapsedTime(asked) > 2 * _lease;
            },
            "two leases have passed");
        Assert.True(first.IsHeld);

        await first.DisposeAsync();
        await using var second = await TakeAsync(_other);

        Assert.True(second.Token > first.Token);
        Assert.False(first.IsHeld);
    }

    [Fact]
    public async Task A_holder_paused_past_its_lease_and_continued_is_fenced()
    {
        var paused = await TakeAsync(_one);
        _one.Clock.Pass(_lease);
        Assert.False(paused.IsHeld, "It knows at once, before anything else of it has run.");
        await using var next = await _other.Locks.AcquireAsync(Name, _lease, Cancellation);

        Assert.True(next.Token > paused.Token);
        Assert.False(await WriteAsync(_one, paused), "What it writes late is refused.");
        Assert.True(await WriteAsync(_other, next), "The holder writes.");
        await Eventually.IsTrueAsync(() => Task.FromResult(paused.Lost.IsCancellationRequested), "it is told");
    }

    [Fact]
    public async Task The_next_holder_gets_its_token_only_after_a_write_under_the_one_before_has_ended()
    {
        await using var holder = await TakeAsync(_one);
        await using var connection = await _one.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        Assert.True(await FenceStore.HoldsAsync(connection, Name, holder.Token, Cancellation));

        var next = _other.Fences.NextAsync(Name, Cancellation);
        await Eventually.IsTrueAsync(
            async () => await CountAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%fences%'") > 0,
            "the next waits");
        Assert.False(next.IsCompleted);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal(holder.Token + 1, await next);
    }

    [Fact]
    public async Task Tokens_go_on_growing_after_FLUSHALL_and_of_two_who_think_they_hold_it_one_is_fenced()
    {
        await using var first = await TakeAsync(_one);
        using (var redis = _redis.Connect())
        {
            await redis.GetDatabase().ExecuteAsync("FLUSHALL");
        }

        var second = await _other.Locks.TryAcquireAsync(Name, _lease, Cancellation);
        await using var atMostOne = second;

        // Whoever was faster: its renewal, or the other.
        Assert.True(second is null || second.Token > first.Token);
        Assert.NotEqual(second is not null, await WriteAsync(_one, first));
        if (second is not null)
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(!first.IsHeld), "the first knows");
            Assert.True(await WriteAsync(_other, second));
        }
    }

    [Fact]
    public async Task A_lock_outlives_Redis_and_nobody_else_gets_it_meanwhile()
    {
        await using var held = await TakeAsync(_one);
        await _redis.StopAsync();

        var stopped = TimeProvider.System.GetTimestamp();
        await Eventually.IsTrueAsync(
            async () =>
            {
                Assert.True(held.IsHeld, "It is held without a gap.");
                Assert.Null(await _other.Locks.TryAcquireAsync(Name, _lease, Cancellation));
                return TimeProvider.System.GetElapsedTime(stopped) > 3 * _lease;
            },
            "three leases have passed");
        Assert.True(await WriteAsync(_one, held));

        await _redis.RunAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(_one.UsesRedis && _other.UsesRedis), "Redis is back");
        Assert.Null(await _other.Locks.TryAcquireAsync(Name, _lease, Cancellation));
        Assert.True(held.IsHeld && await WriteAsync(_one, held));
    }

    [Fact]
    public async Task Without_Redis_PostgreSQL_keeps_the_lock()
    {
        await _redis.StopAsync();

        await using var first = await _one.Locks.AcquireAsync(Name, _lease, Cancellation);
        Assert.Null(await _other.Locks.TryAcquireAsync(Name, _lease, Cancellation));
        await first.DisposeAsync();
        await using var second = await _other.Locks.AcquireAsync(Name, _lease, Cancellation);

        Assert.True(second.Token > first.Token);
    }

    private static async Task<SharedLock> TakeAsync(LockHolder holder) =>
        await holder.Locks.TryAcquireAsync(Name, _lease, Cancellation)
        ?? throw new InvalidOperationException("The lock is taken.");

    private static async Task<bool> WriteAsync(LockHolder holder, SharedLock held)
    {
        await using var connection = await holder.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        return await FenceStore.HoldsAsync(connection, Name, held.Token, Cancellation);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using StackExchange.Redis;
using Trading.Data;
using Trading.Data.Locks;
using Trading.ServiceDefaults.Redis;
using Trading.Tests.Faults;

namespace Trading.Tests.Worker;

/// <summary>A process that takes locks, as far as a test can tell: a connection to Redis and sessions of its own.</summary>
internal sealed class LockHolder : IAsyncDisposable
{
    private readonly IHost _host;

    private LockHolder(IHost host) => _host = host;

    public SharedLocks Locks => _host.Services.GetRequiredService<SharedLocks>();

    public FenceStore Fences => _host.Services.GetRequiredService<FenceStore>();

    public NpgsqlDataSource Database => _host.Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>How its clock runs; ahead of it, its leases have run out.</summary>
    public MovedClock Clock { get; } = new();

    public bool UsesRedis => _host.Services.GetRequiredService<RedisGate>().IsOpen;

    public static async Task<LockHolder> StartAsync(ScratchDatabase database, RedisServer redis)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        LockHolder? holder = null;
        builder.Services.AddSingleton<TimeProvider>(_ => holder!.Clock);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => redis.Connect());
        builder.Services.AddTradingData(_ => database.ConnectionString);
        builder.AddSharedLocks();
        holder = new LockHolder(builder.Build());
        await holder._host.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(() => Task.FromResult(holder.UsesRedis), "Redis is asked");
        return holder;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>The system's clock, which a test may put ahead, as a pause does to those who were paused.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _ahead;

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _ahead);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));
}

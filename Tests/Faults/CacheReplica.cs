using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Trading.ServiceDefaults.Cache;

namespace Trading.Tests.Faults;

/// <summary>One replica of a service, as far as its cache goes, in front of a database that counts its queries.</summary>
internal sealed class CacheReplica : IAsyncDisposable
{
    private static readonly TextCodec _codec = new();

    private readonly IHost _host;
    private int _queries;

    private CacheReplica(IHost host) => _host = host;

    public TradingCache Cache => _host.Services.GetRequiredService<TradingCache>();

    /// <summary>How often the database was asked.</summary>
    public int Queries => Volatile.Read(ref _queries);

    /// <summary>Waits for Redis however long that takes, unless given a clock.</summary>
    public static Task<CacheReplica> StartAsync(RedisServer? server, params (string Key, string Value)[] settings) =>
        StartAsync(server, PatientTime.Instance, settings);

    public static async Task<CacheReplica> StartAsync(
        RedisServer? server, TimeProvider time, params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create($"Cache:{pair.Key}", (string?)pair.Value)));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        if (server is not null)
        {
            builder.Services.AddSingleton<IConnectionMultiplexer>(_ => server.Connect());
        }

        builder.AddTradingCache();
        var replica = new CacheReplica(builder.Build());
        await replica._host.StartAsync(TestContext.Current.CancellationToken);
        if (server is not null)
        {
            await replica.UsesRedisAsync();
        }

        return replica;
    }

    public Task UsesRedisAsync(TimeSpan? within = null) => Eventually.IsTrueAsync(
        () => Task.FromResult(Cache.Statistics.IsShared), "the cache uses Redis", within);

    /// <summary>A value of the database, through the cache.</summary>
    public async Task<string?> GetAsync(string key, Func<CancellationToken, Task<string?>> query, params string[] tags)
    {
        var read = await Cache.GetAsync(
            key,
            Cache.Kind(CacheKinds.Signals),
            tags,
            _codec,
            cancellation =>
            {
                Interlocked.Increment(ref _queries);
                return query(cancellation);
            },
            TestContext.Current.CancellationToken);
        return read.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

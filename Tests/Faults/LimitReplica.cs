using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.Tests.Faults;

/// <summary>
/// One replica of a service, as far as its limits go; without a server they count in memory. Unless given a clock it waits
/// for Redis however long that takes.
/// </summary>
internal sealed class LimitReplica : IAsyncDisposable
{
    private readonly IHost _host;

    private LimitReplica(IHost host) => _host = host;

    public SharedRateLimits Limits => _host.Services.GetRequiredService<SharedRateLimits>();

    public static async Task<LimitReplica> StartAsync(RedisServer? server, TimeProvider? time = null)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time ?? PatientTime.Instance);
        if (server is not null)
        {
            builder.Services.AddSingleton<IConnectionMultiplexer>(_ => server.Connect());
        }

        builder.AddSharedRateLimits();
        var replica = new LimitReplica(builder.Build());
        await replica._host.StartAsync();
        if (server is not null)
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(replica.Limits.IsShared), "the limits are shared");
        }

        return replica;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

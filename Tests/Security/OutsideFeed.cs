using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Trading.ServiceDefaults.Messages;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

/// <summary>Tells users something from outside the API, as the worker does.</summary>
internal sealed class OutsideFeed(ConnectionMultiplexer redis, ServiceProvider services) : IAsyncDisposable
{
    private readonly UserFeed _feed = new(services, TimeProvider.System, NullLogger<UserFeed>.Instance);

    public static async Task<OutsideFeed> ConnectAsync(TradingSystem system)
    {
        var redis = await ConnectionMultiplexer.ConnectAsync(await system.ConnectionStringAsync("cache"));
        return new OutsideFeed(
            redis, new ServiceCollection().AddSingleton<IConnectionMultiplexer>(redis).BuildServiceProvider());
    }

    public Task PublishAsync(Guid? user, string message) => _feed.PublishAsync(user, Encoding.UTF8.GetBytes(message));

    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        await services.DisposeAsync();
        redis.Dispose();
    }
}

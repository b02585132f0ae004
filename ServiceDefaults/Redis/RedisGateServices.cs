using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.Redis;

/// <summary>Registers the gate to Redis.</summary>
public static class RedisGateServices
{
    /// <summary>
    /// Adds <see cref="RedisGate"/>, once. It uses the <c>IConnectionMultiplexer</c> that is registered; without one it
    /// stays closed.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddRedisGate(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.All(service => service.ServiceType != typeof(RedisGate)))
        {
            builder.Services.TryAddSingleton<RedisGate>();
            builder.Services.AddHostedService(services => services.GetRequiredService<RedisGate>());
        }

        return builder;
    }
}

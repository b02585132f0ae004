using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;
using Trading.Standalone.Services;

namespace Microsoft.Extensions.Hosting;

public static class AspireRedisExtensions
{
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        var settings = new StackExchangeRedisSettings
        {
            ConnectionString = builder.Configuration.GetConnectionString(connectionName),
        };
        configureSettings?.Invoke(settings);

        builder.Services.TryAddSingleton<IConnectionMultiplexer>(_ => Connect(connectionName, settings, configureOptions));
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                "StackExchange.Redis",
                services => new RedisHealthCheck(services.GetRequiredService<IConnectionMultiplexer>()),
                failureStatus: null,
                tags: null));
        }
    }

    private static ConnectionMultiplexer Connect(
        string name, StackExchangeRedisSettings settings, Action<ConfigurationOptions>? configureOptions)
    {
        var options = ConfigurationOptions.Parse(settings.ConnectionString
            ?? throw new InvalidOperationException($"Set ConnectionStrings:{name} to reach Redis."));
        // Redis may be absent when a service starts; the client then connects as soon as it can.
        options.AbortOnConnectFail = false;
        configureOptions?.Invoke(options);
        return ConnectionMultiplexer.Connect(options);
    }
}

using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Trading.ServiceDefaults.Redis;

namespace Trading.ServiceDefaults.Cache;

/// <summary>Registers the cache.</summary>
public static class CacheServices
{
    private const int BuildLetters = 8;

    /// <summary>Adds <see cref="TradingCache"/>, configured in the section <c>Cache</c>.</summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddTradingCache(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddRedisGate();
        builder.Services.AddOptions<CacheOptions>()
            .BindConfiguration(CacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services =>
        {
            var cache = new TradingCache(
                services.GetRequiredService<RedisGate>(),
                services.GetRequiredService<IOptions<CacheOptions>>().Value,
                Build(),
                services.GetRequiredService<TimeProvider>());
            CacheMetrics.Observe(services.GetRequiredService<IMeterFactory>().Create(CacheMetrics.MeterName), cache);
            return cache;
        });
        // Made at once, so that it hears of invalidations from the start.
        builder.Services.AddHostedService<CacheStart>();
        return builder;
    }

    private static string Build() =>
        (Assembly.GetEntryAssembly() ?? typeof(CacheServices).Assembly).ManifestModule.ModuleVersionId
            .ToString("N")[..BuildLetters];

    private sealed class CacheStart(TradingCache cache) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            cache is null ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

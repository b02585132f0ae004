using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Caching;

internal static class CachingServices
{
    /// <summary>The cache, what tells it of changes, and what fills it.</summary>
    public static IHostApplicationBuilder AddCaching(this IHostApplicationBuilder builder)
    {
        builder.AddTradingCache();
        builder.Services.AddSingleton<EndpointCache>();
        builder.Services.AddHostedService<ChangeFeed>();
        builder.Services.AddHostedService<CacheWarming>();
        return builder;
    }
}

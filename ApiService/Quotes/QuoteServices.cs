using StackExchange.Redis;

namespace Trading.ApiService.Quotes;

internal static class QuoteServices
{
    /// <summary>The name of Redis among the resources of the app model.</summary>
    private const string Cache = "cache";

    private const int ConnectTimeoutMilliseconds = 1000;
    private const int ReconnectEveryMilliseconds = 500;

    public static IHostApplicationBuilder AddQuotes(this IHostApplicationBuilder builder)
    {
        builder.AddRedisClient(
            Cache,
            // Redis away is Degraded, not Unhealthy: a check of our own says so.
            settings => settings.DisableHealthChecks = true,
            options =>
            {
                options.AbortOnConnectFail = false;
                options.ConnectTimeout = ConnectTimeoutMilliseconds;
                options.ReconnectRetryPolicy = new LinearRetry(ReconnectEveryMilliseconds);
            });
        builder.Services.AddOptions<QuoteFeedOptions>().BindConfiguration(QuoteFeedOptions.Section);
        builder.Services.AddHttpClient(FrameReceiver.WorkerClient);
        builder.Services.AddSingleton<QuoteBoard>();
        builder.Services.AddSingleton<FrameRing>();
        builder.Services.AddSingleton<QuoteFeed>();
        builder.Services.AddSingleton<FrameReceiver>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FrameReceiver>());
        builder.Services.AddHealthChecks()
            .AddCheck<QuotesHealth>("quotes", tags: ["ready"])
            .AddCheck<RedisHealth>("redis");
        return builder;
    }
}

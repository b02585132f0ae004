using StackExchange.Redis;
using Trading.ApiService.Telemetry;

namespace Trading.ApiService.Quotes;

internal static class QuoteServices
{
    /// <summary>The name of Redis among the resources of the app model.</summary>
    private const string Cache = "cache";

    private const int ConnectTimeoutMilliseconds = 1000;
    private const int ReconnectEveryMilliseconds = 500;

    /// <summary>The board and what writes to it.</summary>
    public static IHostApplicationBuilder AddQuoteBoard(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiMetrics>();
        builder.Services.AddSingleton<QuoteBoard>();
        builder.Services.AddSingleton<FrameRing>();
        builder.Services.AddSingleton<QuoteFeed>();
        return builder;
    }

    /// <summary>Feeds the board from Redis, or from the worker where Redis is away.</summary>
    public static IHostApplicationBuilder AddQuoteFeed(this IHostApplicationBuilder builder)
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
        builder.Services.AddOptions<QuoteFeedOptions>().BindConfiguration(QuoteFeedOptions.Section)
            .Validate(
                options => options.PollAfter > TimeSpan.Zero && options.StaleAfter > TimeSpan.Zero
                    && options.Timeout > TimeSpan.Zero,
                "Quotes:PollAfter, Quotes:StaleAfter and Quotes:Timeout: above zero.")
            .Validate(options => options.WorkerUrl.IsAbsoluteUri, "Quotes:WorkerUrl: a whole address.")
            .ValidateOnStart();
        builder.Services.AddHttpClient(FrameReceiver.WorkerClient);
        builder.Services.AddSingleton<FrameReceiver>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FrameReceiver>());
        builder.Services.AddHostedService<QuoteMetrics>();
        builder.Services.AddHealthChecks()
            .AddCheck<QuotesHealth>("quotes", tags: ["ready"])
            .AddCheck<RedisHealth>("redis");
        return builder;
    }
}

using Trading.Data.Currencies;
using Trading.Data.Locks;
using Trading.PricingWorker.Currencies;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Providers.Live;
using Trading.PricingWorker.Sharing;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Quotes;

internal static class QuoteServices
{
    public static void AddQuotes(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<QuoteOptions>()
            .BindConfiguration(QuoteOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ReplayOptions>()
            .BindConfiguration($"{QuoteOptions.Section}:Replay").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WorkerMetrics>();
        services.AddSingleton<RedisLink>();
        services.AddSingleton<FrameSequence>();
        services.AddSingleton<LatestQuotes>();
        services.AddSingleton<LatestHash>();
        services.AddSingleton<FrameBacklog>();
        services.AddSingleton<QuoteHeartbeat>();
        services.AddSingleton<QuoteStarts>();
        services.AddProviders();
        services.AddQuoteSources();
        builder.AddSharedLocks();
        services.AddOptions<ShareOptions>()
            .BindConfiguration(ShareOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Workforce>();
        services.AddRunning<WorkerLease>();
        services.AddSingleton<RateStore>();
        services.AddSingleton<RateLoop>();
        services.AddHostedService(given => given.GetRequiredService<RateLoop>());
        services.AddRunning<ShardLeases>();
        services.AddRunning<QuotedUniverse>();
        services.AddRunning<QuoteLoop>();
        services.AddRunning<QuotePublisher>();
        services.AddQuoteHealth();
    }
}

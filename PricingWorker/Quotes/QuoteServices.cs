using Microsoft.Extensions.Options;
using Trading.PricingWorker.Hosting;
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
        services.AddSingleton(CreateSource);
        services.AddRunning<WorkerLease>();
        services.AddRunning<QuotedUniverse>();
        services.AddRunning<QuoteLoop>();
        services.AddRunning<QuotePublisher>();
        services.AddQuoteHealth();
    }

    private static IQuoteSource CreateSource(IServiceProvider services) =>
        services.GetRequiredService<IOptions<QuoteOptions>>().Value.Source switch
        {
            QuoteSourceKind.Replay => ActivatorUtilities.CreateInstance<ReplaySource>(services),
            _ => ActivatorUtilities.CreateInstance<SimulatedSource>(services),
        };
}

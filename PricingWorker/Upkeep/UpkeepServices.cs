using Microsoft.Extensions.Options;
using Trading.Data.Bars;
using Trading.Data.Bars.Archive;
using Trading.Data.Idempotency;
using Trading.Data.Jobs;
using Trading.Data.Performance;
using Trading.Data.Webhooks;
using Trading.PricingWorker.Backfills;
using Trading.PricingWorker.Jobs;
using Trading.PricingWorker.Providers.History;

namespace Trading.PricingWorker.Upkeep;

internal static class UpkeepServices
{
    /// <summary>Does what schedules ask for, and backfills.</summary>
    public static IHostApplicationBuilder AddUpkeep(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CleanUpOptions>()
            .BindConfiguration(CleanUpOptions.Section)
            .Validate(
                options => options.KeepEventsFor >= TimeSpan.FromDays(1), "CleanUp:KeepEventsFor: at least a day.")
            .ValidateOnStart();
        services.AddOptions<StorageOptions>()
            .BindConfiguration(StorageOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageValidation>();
        services.AddSingleton<MinutePartitions>();
        services.AddSingleton<BarArchive>();
        services.AddSingleton<PerformanceStore>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<IJobHandler, SessionJobs>();
        services.AddSingleton<IJobHandler, BackfillJobs>();
        services.AddSingleton<IJobHandler, PartitionJobs>();
        services.AddSingleton<IJobHandler, RetentionJobs>();
        services.AddSingleton<IJobHandler, PerformanceJobs>();
        services.AddSingleton<IJobHandler, CleanUpJobs>();
        return builder;
    }
}

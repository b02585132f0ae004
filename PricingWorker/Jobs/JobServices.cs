using Trading.Data.Jobs;
using Trading.PricingWorker.Hosting;
using Trading.ServiceDefaults.Messages;

namespace Trading.PricingWorker.Jobs;

internal static class JobServices
{
    /// <summary>Does jobs of the kinds that have a handler.</summary>
    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<JobOptions>()
            .BindConfiguration(JobOptions.Section)
            .Validate(options => options.AtATime is >= 0 and <= 64, "Jobs:AtATime: 0 to 64.")
            .Validate(options => options.UpkeepAtATime is >= 0 and <= 64, "Jobs:UpkeepAtATime: 0 to 64.")
            .Validate(options => options.BackfillsAtATime is >= 0 and <= 64, "Jobs:BackfillsAtATime: 0 to 64.")
            .Validate(
                options => options.KeepFor >= options.KeepScheduledFor && options.KeepScheduledFor > TimeSpan.Zero
                    && options.KeepDeadLettersFor > TimeSpan.Zero,
                "Jobs:KeepFor: at least Jobs:KeepScheduledFor; they and Jobs:KeepDeadLettersFor above zero.")
            .Validate(
                options => options.HoldEvery > TimeSpan.Zero && options.Lease >= options.HoldEvery * 3,
                "Jobs:Lease: at least three times Jobs:HoldEvery.")
            .Validate(options => options.PollEvery > TimeSpan.Zero, "Jobs:PollEvery: above zero.")
            .ValidateOnStart();
        builder.AddUserFeed();
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<JobRunning>();
        builder.Services.AddSingleton<JobMetrics>();
        builder.Services.AddSingleton<JobWatchers>();
        builder.Services.AddSingleton<JobExecution>();
        builder.Services.AddRunning<JobBell>();
        builder.Services.AddHostedService<JobRunner>();
        return builder;
    }
}

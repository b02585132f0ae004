using Trading.Data.Jobs;

namespace Trading.ApiService.Jobs;

internal static class JobServices
{
    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<JobStore>();
        builder.Services.AddSingleton<ScheduleStore>();
        builder.Services.AddSingleton<DeadLetterStore>();
        builder.Services.AddSingleton<BackfillReading>();
        return builder;
    }
}

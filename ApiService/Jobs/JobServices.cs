using Trading.Data.Jobs;

namespace Trading.ApiService.Jobs;

internal static class JobServices
{
    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<DeadLetterStore>();
        return builder;
    }
}

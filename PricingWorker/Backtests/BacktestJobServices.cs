using Trading.Data.Backtests;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.Backtests;

internal static class BacktestJobServices
{
    public static IHostApplicationBuilder AddBacktestJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BacktestJobOptions>().BindConfiguration(BacktestJobOptions.Section)
            .Validate(options => options.MaxBars > 0, "Backtests:MaxBars: above 0.").ValidateOnStart();
        builder.Services.AddSingleton<BarColumns>();
        builder.Services.AddSingleton<BacktestStore>();
        builder.Services.AddSingleton<BacktestRunner>();
        builder.Services.AddSingleton<BacktestJobMetrics>();
        builder.Services.AddSingleton<IJobHandler, BacktestJobs>();
        return builder;
    }
}

using Trading.Data.Backtests;
using Trading.Data.Instruments;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.Backtests;

internal static class BacktestJobServices
{
    public static IHostApplicationBuilder AddBacktestJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BacktestJobOptions>().BindConfiguration(BacktestJobOptions.Section);
        builder.Services.AddSingleton<BarColumns>();
        builder.Services.AddSingleton<ActionStore>();
        builder.Services.AddSingleton<BacktestStore>();
        builder.Services.AddSingleton<BacktestRunner>();
        builder.Services.AddSingleton<BacktestJobMetrics>();
        builder.Services.AddSingleton<IJobHandler, BacktestJobs>();
        return builder;
    }
}

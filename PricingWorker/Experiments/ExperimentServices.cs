using Trading.Data.Experiments;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Experiments;

internal static class ExperimentServices
{
    public static void AddExperiments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ExperimentOptions>()
            .BindConfiguration(ExperimentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ExperimentRunner>();
        builder.Services.AddSingleton<ExperimentAdvance>();
        builder.Services.AddSingleton<ExperimentMetrics>();
        builder.Services.AddSingleton<ExperimentWatchers>();
        builder.Services.AddRunning<ExperimentLoop>();
    }
}

using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Signals;

internal static class SignalServices
{
    public static void AddSignals(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SignalOptions>()
            .BindConfiguration(SignalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SignalMetrics>();
        builder.Services.AddRunning<SignalLoop>();
    }
}

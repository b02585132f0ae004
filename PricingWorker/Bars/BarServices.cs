using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Bars;

internal static class BarServices
{
    public static void AddBars(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TickStream>();
        builder.Services.AddRunning<BarIngest>();
    }
}

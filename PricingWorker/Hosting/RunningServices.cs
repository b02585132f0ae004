namespace Trading.PricingWorker.Hosting;

internal static class RunningServices
{
    /// <summary>A service that runs, and that others may also ask for.</summary>
    public static void AddRunning<TService>(this IServiceCollection services)
        where TService : class, IHostedService
    {
        services.AddSingleton<TService>();
        services.AddHostedService(provider => provider.GetRequiredService<TService>());
    }
}

using Trading.Data.CorporateActions;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.CorporateActions;

internal static class ActionServices
{
    /// <summary>Splits and dividends, and asking the providers for them.</summary>
    public static IHostApplicationBuilder AddCorporateActions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ActionStore>();
        builder.Services.AddSingleton<ActionSync>();
        builder.Services.AddSingleton<IJobHandler>(services => services.GetRequiredService<ActionSync>());
        return builder;
    }
}

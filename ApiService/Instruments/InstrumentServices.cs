using Trading.ApiService.Bars;
using Trading.Data.Bars;
using Trading.Data.CorporateActions;
using Trading.Data.Instruments;
using Trading.Data.Performance;
using Trading.Data.Schema;

namespace Trading.ApiService.Instruments;

internal static class InstrumentServices
{
    public static IHostApplicationBuilder AddInstruments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SessionRangeStore>();
        builder.Services.AddSingleton<ActionStore>();
        builder.Services.AddSingleton<AdjustmentReader>();
        builder.Services.AddSingleton<AdjustedBars>();
        builder.Services.AddSingleton<PerformanceStore>();
        builder.Services.AddSingleton<ReadInstruments>(services =>
        {
            var schema = services.GetRequiredService<SchemaState>();
            var store = services.GetRequiredService<InstrumentStore>();
            return cancellationToken => schema.IsReady
                ? store.AllAsync(cancellationToken)
                : throw new StoreUnavailableException("The database is not ready yet.");
        });
        builder.Services.AddSingleton<InstrumentDirectory>();
        builder.Services.AddHostedService(services => services.GetRequiredService<InstrumentDirectory>());
        return builder;
    }
}

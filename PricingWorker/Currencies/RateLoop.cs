using Trading.Data.Currencies;
using Trading.Data.Schema;
using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Providers.Ecb;

namespace Trading.PricingWorker.Currencies;

/// <summary>Keeps the reference rates complete, where the Central Bank is among the providers of currencies.</summary>
internal sealed partial class RateLoop(
    SchemaState schema,
    WorkerLease lease,
    ProviderCatalog catalog,
    RateStore store,
    TimeProvider time,
    ILogger<RateLoop> logger) : BackgroundService
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromHours(1);

    private EcbProvider? Bank => catalog.Of(AssetClass.Currency).Providers.OfType<EcbProvider>().FirstOrDefault();

    /// <summary>Fetches what has been published since the newest stored day.</summary>
    /// <returns>Days with a new or another rate; 0 where none was due.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var newest = await store.NewestAsync(cancellationToken);
        if (Bank is not { } bank || newest >= TradingCalendar.Target.LastCompleted(time.GetUtcNow().UtcDateTime))
        {
            return 0;
        }

        var rates = await bank.ReadRatesAsync(cancellationToken);
        var (stored, updated) = await store.StoreAsync(rates, bank.Name.Code(), cancellationToken);
        LogStored(stored, updated);
        return stored + updated;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Bank is null)
        {
            return;
        }

        await schema.WhenReady.WaitAsync(stoppingToken);
        await lease.WhenHeld.WaitAsync(stoppingToken);
        while (true)
        {
            await TryRunAsync(stoppingToken);
            await Task.Delay(_lookEvery, time, stoppingToken);
        }
    }

    private async Task TryRunAsync(CancellationToken cancellationToken)
    {
        if (!lease.IsConfirmed)
        {
            return;
        }

        try
        {
            await RunAsync(cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Reference rates: {Stored} days new, {Updated} changed.")]
    private partial void LogStored(long stored, long updated);

    [LoggerMessage(LogLevel.Warning, "Reference rates could not be fetched, they are asked for again: {Reason}")]
    private partial void LogFailed(string reason);
}

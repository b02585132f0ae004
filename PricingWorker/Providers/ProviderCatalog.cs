using System.Collections.Concurrent;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers.Binance;
using Trading.PricingWorker.Providers.Csv;
using Trading.PricingWorker.Providers.Ecb;
using Trading.PricingWorker.Providers.Stooq;
using Trading.PricingWorker.Providers.Yahoo;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Providers;

/// <summary>Makes the providers that the configuration names, each once, and puts them in their order.</summary>
internal sealed class ProviderCatalog(IServiceProvider services, ProviderOrder order)
{
    private readonly ConcurrentDictionary<ProviderName, Lazy<IMarketDataProvider>> _providers = [];
    private readonly ConcurrentDictionary<AssetClass, ProviderChain> _chains = [];

    public ProviderChain Of(AssetClass assetClass) => _chains.GetOrAdd(
        assetClass,
        asked => ActivatorUtilities.CreateInstance<ProviderChain>(
            services, (IReadOnlyList<IMarketDataProvider>)[.. order.Of(asked).Select(Of)]));

    private IMarketDataProvider Of(ProviderName name) =>
        _providers.GetOrAdd(name, asked => new Lazy<IMarketDataProvider>(() => Create(asked))).Value;

    private IMarketDataProvider Create(ProviderName name) => name switch
    {
        ProviderName.Yahoo => services.GetRequiredService<YahooProvider>(),
        ProviderName.Binance => services.GetRequiredService<BinanceProvider>(),
        ProviderName.Stooq => services.GetRequiredService<StooqProvider>(),
        ProviderName.Ecb => services.GetRequiredService<EcbProvider>(),
        ProviderName.Csv => services.GetRequiredService<CsvFolderProvider>(),
        ProviderName.Replay => ActivatorUtilities.CreateInstance<ReplaySource>(services),
        _ => ActivatorUtilities.CreateInstance<SimulatedSource>(services),
    };
}

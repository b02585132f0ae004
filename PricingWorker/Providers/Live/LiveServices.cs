using Microsoft.Extensions.Options;
using Trading.Data.Import;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers.History;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Providers.Live;

internal static class LiveServices
{
    /// <summary>
    /// One source for all: of each class, the made-up one or the live one that the configuration wants.
    /// </summary>
    public static IServiceCollection AddQuoteSources(this IServiceCollection services)
    {
        services.AddSingleton<LiveSet>();
        services.AddSingleton(CreateSource);
        services.AddHostedService<LiveFeeds>();
        services.AddSingleton<BarImporter>();
        services.AddSingleton<HistoryFetch>();
        services.AddSingleton<HistoryStore>();
        services.AddSingleton<ProviderStatusReader>();
        return services;
    }

    private static IQuoteSource CreateSource(IServiceProvider services)
    {
        var catalog = services.GetRequiredService<ProviderCatalog>();
        var live = services.GetRequiredService<LiveSet>().Sources;
        var sources = AssetClasses.All.ToDictionary(
            assetClass => assetClass,
            assetClass => live.TryGetValue(assetClass, out var source)
                ? source
                : catalog.Of(assetClass).Providers[0].Ticks!);
        return sources.Values.Distinct().Count() == 1 ? sources[AssetClass.Equity] : new SourcesByClass(sources);
    }
}

/// <summary>The live source of each class that has real providers.</summary>
internal sealed class LiveSet(ProviderCatalog catalog, IOptions<ProviderOptions> options)
{
    public IReadOnlyDictionary<AssetClass, LiveSource> Sources { get; } = AssetClasses.All
        .Where(assetClass => !catalog.Of(assetClass).IsSynthetic)
        .ToDictionary(
            assetClass => assetClass,
            assetClass => new LiveSource(catalog.Of(assetClass), new LiveQuotes(options.Value.StaleAfter)));
}

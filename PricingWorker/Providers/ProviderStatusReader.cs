using Trading.Domain.Market;
using Trading.PricingWorker.Providers.Live;
using Trading.PricingWorker.Sharing;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Providers;

/// <summary>Tells how the providers that the configuration names are.</summary>
internal sealed class ProviderStatusReader(
    ProviderCatalog catalog, LiveSet live, ProviderRecords records, QuotedUniverse universe, ShardLeases shards)
{
    /// <summary>For the API; see docs/providers.md.</summary>
    public static void MapTo(IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/providers", (ProviderStatusReader reader) =>
            TypedResults.Json(reader.Read(), ProviderStatusJson.Default.ProviderStatusList));

    public ProviderStatusList Read() => new(
        shards.Own.Count > 0,
        shards.Workers,
        [.. AssetClasses.All.Select(Describe)],
        [
            .. AssetClasses.All.SelectMany(assetClass => catalog.Of(assetClass).Providers)
                .DistinctBy(provider => provider.Name).Select(Describe),
        ]);

    /// <summary>Classes of which nobody answers; each with those that were asked.</summary>
    public IEnumerable<string> Unanswered => AssetClasses.All
        .Where(assetClass => catalog.Of(assetClass) is { IsSynthetic: false } chain
            && chain.Providers.All(provider => records.Find(provider.Name)?.Breaker == BreakerState.Open))
        .Select(assetClass => $"{Name(assetClass)} ({string.Join(", ", Names(assetClass))})");

    public int Stale => live.Sources.Values.Sum(source => source.Quotes.Stale);

    private static string Name(AssetClass assetClass) => assetClass.ToString().ToLowerInvariant();

    private IEnumerable<string> Names(AssetClass assetClass) =>
        catalog.Of(assetClass).Providers.Select(provider => provider.Name.Code());

    private AssetClassStatus Describe(AssetClass assetClass) => new(
        Name(assetClass),
        [.. Names(assetClass)],
        universe.CountOf(assetClass),
        live.Sources.GetValueOrDefault(assetClass)?.Quotes.Stale ?? 0);

    private ProviderStatus Describe(IMarketDataProvider provider)
    {
        var record = records.Find(provider.Name);
        return new ProviderStatus(
            provider.Name.Code(),
            [
                .. Enum.GetValues<ProviderAbilities>()
                    .Where(ability => ability != ProviderAbilities.None && provider.Abilities.HasFlag(ability))
                    .Select(Name),
            ],
            record is null ? null : Name(record.Breaker),
            record?.Successes ?? 0,
            record?.LastSuccess,
            Enum.GetValues<FailureKind>().ToDictionary(kind => kind.Code(), kind => record?.FailuresOf(kind) ?? 0),
            record?.LastFailure is { } last
                ? new ProviderFailureStatus(last.Kind.Code(), last.Message, last.Time)
                : null);
    }

    private static string Name(ProviderAbilities ability) => ability switch
    {
        ProviderAbilities.DailyBars => "daily_bars",
        ProviderAbilities.Stream => "stream",
        ProviderAbilities.Ticks => "ticks",
        ProviderAbilities.Actions => "actions",
        _ => "quotes",
    };

    private static string Name(BreakerState state) => state switch
    {
        BreakerState.Open => "open",
        BreakerState.HalfOpen => "half_open",
        _ => "closed",
    };
}

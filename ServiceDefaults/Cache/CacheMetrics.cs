using System.Diagnostics.Metrics;

namespace Trading.ServiceDefaults.Cache;

/// <summary>The cache's counters; read when they are exported, so that a request pays nothing for them.</summary>
internal static class CacheMetrics
{
    public const string MeterName = Telemetry.Prefix + "Cache";

    public static void Observe(Meter meter, TradingCache cache)
    {
        meter.CreateObservableCounter(
            "trading.cache.requests",
            () => cache.Statistics.Kinds.SelectMany(Requests),
            "{request}",
            "Values asked for: found in memory or Redis, read anew, or awaited from another's read.");
        meter.CreateObservableGauge(
            "trading.cache.entries", () => cache.Statistics.Entries, "{entry}", "Values in memory.");
        meter.CreateObservableGauge("trading.cache.bytes", () => cache.Statistics.Bytes, "By", "What values in memory take.");
        meter.CreateObservableCounter(
            "trading.cache.evictions", () => cache.Statistics.Evicted, "{entry}", "Values that made room for others.");
        meter.CreateObservableCounter(
            "trading.cache.refusals",
            () => cache.Statistics.Refused,
            "{entry}",
            "Values not kept in memory, as those there were asked for more often.");
        meter.CreateObservableCounter(
            "trading.cache.unsound", () => cache.Statistics.Unsound, "{entry}", "Values in Redis that could not be read.");
        meter.CreateObservableCounter(
            "trading.cache.invalidations",
            () => cache.Statistics.Invalidations,
            "{invalidation}",
            "How often something was made stale.");
        meter.CreateObservableGauge(
            "trading.cache.shared",
            () => cache.Statistics.IsShared ? 1 : 0,
            description: "1 while Redis is asked, 0 while there is memory alone.");
    }

    private static IEnumerable<Measurement<long>> Requests(CacheKind kind) =>
    [
        new(kind.MemoryHits, Tags(kind, "memory")),
        new(kind.RedisHits, Tags(kind, "redis")),
        new(kind.Misses, Tags(kind, "miss")),
        new(kind.Joined, Tags(kind, "joined")),
    ];

    private static KeyValuePair<string, object?>[] Tags(CacheKind kind, string outcome) =>
        [new("kind", kind.Name), new("outcome", outcome)];
}

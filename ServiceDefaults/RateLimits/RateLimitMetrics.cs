using System.Diagnostics.Metrics;

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>The limits' counters; read when they are exported, so that a request pays nothing for them.</summary>
internal static class RateLimitMetrics
{
    public const string MeterName = Telemetry.Prefix + "RateLimits";

    public static void Observe(Meter meter, SharedRateLimits limits)
    {
        meter.CreateObservableCounter(
            "trading.ratelimit.decisions",
            () => limits.Statistics.SelectMany(Decisions),
            "{request}",
            "Requests that a limit let through or refused.");
        meter.CreateObservableGauge(
            "trading.ratelimit.partitions",
            () => limits.Statistics.Select(limit => new Measurement<int>(limit.Partitions, Tag(limit))),
            "{partition}",
            "Callers that a limit keeps in mind.");
        meter.CreateObservableGauge(
            "trading.ratelimit.shared",
            () => limits.IsShared ? 1 : 0,
            description: "1 while the limits are shared through Redis, 0 while they count in memory.");
    }

    private static IEnumerable<Measurement<long>> Decisions(RateLimitStatistics limit) =>
    [
        new(limit.Allowed, Tag(limit), new("outcome", "allowed")),
        new(limit.Refused, Tag(limit), new("outcome", "refused")),
    ];

    private static KeyValuePair<string, object?> Tag(RateLimitStatistics limit) => new("limit", limit.Rule);
}

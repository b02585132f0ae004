using Microsoft.Extensions.Diagnostics.HealthChecks;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Providers;
using Trading.ServiceDefaults.Health;

namespace Trading.PricingWorker.Quotes;

internal static class QuoteHealth
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(60);

    public static IHealthChecksBuilder AddQuoteHealth(this IServiceCollection services) => services
        .AddHealthChecks()
        .AddCheck<SourceCheck>("quotes", HealthStatus.Unhealthy, ["ready", TradingHealthChecks.Critical])
        .AddCheck<LoopCheck>("quote_loop", HealthStatus.Unhealthy, ["live", TradingHealthChecks.Critical])
        .AddCheck<RedisCheck>("redis", HealthStatus.Degraded, [])
        .AddCheck<IngestCheck>("ingest", HealthStatus.Degraded, [])
        .AddCheck<ProviderHealth>("providers", HealthStatus.Degraded, []);

    private sealed class SourceCheck(QuoteHeartbeat heartbeat) : Check
    {
        protected override string? Fault => heartbeat.Age switch
        {
            null => "No tick yet: waiting for the database, for instruments with prices, or as a standby.",
            { } age when age > Late => $"The last tick is {age.TotalSeconds:F0} s old.",
            _ => null,
        };
    }

    /// <summary>A loop that ticked once and no longer does is beyond help but for a restart.</summary>
    private sealed class LoopCheck(QuoteHeartbeat heartbeat) : Check
    {
        protected override string? Fault => heartbeat.Age > Dead ? "The tick loop has stopped." : null;
    }

    private sealed class RedisCheck(QuotePublisher publisher) : Check
    {
        protected override string? Fault => publisher.IsConnected ? null : "Redis is away; quotes are kept in memory.";
    }

    private sealed class IngestCheck(BarIngest ingest) : Check
    {
        protected override string? Fault => ingest.IsFailing ? "Bars are not stored; ticks wait in the stream." : null;
    }

    private abstract class Check : IHealthCheck
    {
        protected abstract string? Fault { get; }

        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(Fault is { } fault
                ? new HealthCheckResult(context.Registration.FailureStatus, fault)
                : HealthCheckResult.Healthy());
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.PricingWorker.Providers;

/// <summary>Degraded while nobody gives the prices of a class, or quotes are stale.</summary>
internal sealed class ProviderHealth(ProviderStatusReader reader) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var unanswered = string.Join("; ", reader.Unanswered);
        return Task.FromResult(unanswered.Length > 0
            ? new HealthCheckResult(context.Registration.FailureStatus, $"No provider answers for {unanswered}.")
            : reader.Stale is > 0 and var stale
                ? new HealthCheckResult(context.Registration.FailureStatus, $"{stale} quotes are stale.")
                : HealthCheckResult.Healthy("Providers answer, or none is needed."));
    }
}

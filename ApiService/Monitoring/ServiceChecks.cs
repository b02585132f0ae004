using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.ApiService.Monitoring;

/// <summary>Degraded while the worker does not answer or is not well; quotes then grow old.</summary>
internal sealed class WorkerHealth(SystemHealth system) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var worker = await system.WorkerAsync(cancellationToken);
        return worker.Status == nameof(HealthStatus.Healthy)
            ? HealthCheckResult.Healthy("The worker is well.")
            : new HealthCheckResult(context.Registration.FailureStatus, $"The worker is {worker.Status.ToLowerInvariant()}.");
    }
}

/// <summary>Says whether a ranking model is loaded. There is none to load yet, and nothing waits for one.</summary>
internal sealed class ModelHealth : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy("No ranking model is installed; nothing here needs one."));
}

/// <summary>Says whether an AI service is available. None can be configured yet.</summary>
internal sealed class AiHealth : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy("No AI service is configured; nothing here needs one."));
}

/// <summary>Says where limits and the like are kept: in Redis, or in this process alone.</summary>
internal sealed class CacheBackendHealth(ServiceDefaults.RateLimits.SharedRateLimits limits) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(limits.IsShared
            ? HealthCheckResult.Healthy("redis")
            : new HealthCheckResult(context.Registration.FailureStatus, "memory; other replicas do not share it."));
}

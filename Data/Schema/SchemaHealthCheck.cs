using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.Data.Schema;

internal sealed class SchemaHealthCheck(SchemaState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.IsReady
            ? HealthCheckResult.Healthy("The schema is up to date.")
            : HealthCheckResult.Unhealthy(state.LastError ?? "The schema is being prepared."));
}

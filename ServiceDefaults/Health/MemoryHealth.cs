using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.ServiceDefaults.Health;

/// <summary>Degraded while the process holds more than nine tenths of the memory that it may.</summary>
internal sealed class MemoryHealth : IHealthCheck
{
    private const double MostShare = 0.9;
    private const long Megabyte = 1L << 20;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var used = Environment.WorkingSet;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return Task.FromResult(used < available * MostShare
            ? HealthCheckResult.Healthy($"{used / Megabyte} of {available / Megabyte} MB are used.")
            : new HealthCheckResult(
                context.Registration.FailureStatus, $"{used / Megabyte} of {available / Megabyte} MB are used."));
    }
}

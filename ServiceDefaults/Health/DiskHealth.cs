using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.ServiceDefaults.Health;

/// <summary>Degraded while less than a gigabyte is free where the service keeps its files.</summary>
internal sealed class DiskHealth : IHealthCheck
{
    private const long Gigabyte = 1L << 30;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = new DriveInfo(AppContext.BaseDirectory).AvailableFreeSpace / (double)Gigabyte;
        return Task.FromResult(free >= 1
            ? HealthCheckResult.Healthy($"{free:F0} GB are free.")
            : new HealthCheckResult(context.Registration.FailureStatus, $"Only {free:F2} GB are free; make room."));
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.ServiceDefaults;

/// <summary>
/// Runs health checks for the probes, at most once a second per probe and never longer than five seconds,
/// so that neither many probes nor a hanging store can make health itself the load.
/// </summary>
/// <param name="checks">The registered checks.</param>
/// <param name="time">The clock.</param>
public sealed class HealthProbe(HealthCheckService checks, TimeProvider time)
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Run> _runs = new();

    /// <summary>The report of the checks with a tag, at most a second old.</summary>
    /// <param name="tag">The tag; null for every check.</param>
    /// <param name="cancellation">Stops the waiting, not the checks: others may wait for them too.</param>
    public Task<HealthReport> CheckAsync(string? tag, CancellationToken cancellation)
    {
        var now = time.GetTimestamp();
        var run = _runs.AddOrUpdate(
            tag ?? string.Empty,
            _ => Start(tag, now),
            (_, last) => last.IsOver && time.GetElapsedTime(last.StartedAt, now) > _lifetime
                ? Start(tag, now)
                : last);
        return run.Report.Value.WaitAsync(cancellation);
    }

    private Run Start(string? tag, long now) => new(now, new Lazy<Task<HealthReport>>(() => RunAsync(tag)));

    private async Task<HealthReport> RunAsync(string? tag)
    {
        using var deadline = new CancellationTokenSource(_timeout, time);
        try
        {
            return await checks.CheckHealthAsync(
                check => tag is null || check.Tags.Contains(tag), deadline.Token);
        }
        catch (OperationCanceledException)
        {
            var late = new HealthReportEntry(
                HealthStatus.Unhealthy, $"The checks took more than {_timeout.TotalSeconds} s.", _timeout, null, null);
            return new HealthReport(new Dictionary<string, HealthReportEntry> { ["timeout"] = late }, _timeout);
        }
    }

    private sealed record Run(long StartedAt, Lazy<Task<HealthReport>> Report)
    {
        public bool IsOver => Report.IsValueCreated && Report.Value.IsCompleted;
    }
}

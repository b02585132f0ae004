using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>What the runtime's own meter leaves out of this process: its handles, its threads, when it started.</summary>
internal sealed class ProcessMetrics
{
    public const string MeterName = Telemetry.Prefix + "Process";

    public ProcessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "process.handles",
            () => Of(process => process.HandleCount),
            "{handle}",
            "Handles that the process holds: files, sockets and the like.");
        meter.CreateObservableGauge(
            "process.threads", () => Of(process => process.Threads.Count), "{thread}", "Threads of the operating system.");
        var startedAt = Of(process => new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        meter.CreateObservableGauge(
            "process.start_time", () => startedAt, "s", "When the process started, in seconds since 1970.");
    }

    private static T Of<T>(Func<Process, T> figure)
    {
        using var process = Process.GetCurrentProcess();
        return figure(process);
    }
}

using Trading.Contracts;

namespace Trading.ApiService.Monitoring;

/// <summary>What this process takes.</summary>
internal sealed class ProcessFigures(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private long _askedAt = time.GetTimestamp();
    private TimeSpan _used = Environment.CpuUsage.TotalTime;

    public ProcessResponse Read() => new(
        Math.Round(time.GetElapsedTime(_start).TotalSeconds),
        Math.Round(CpuPercent(), 1),
        Environment.WorkingSet,
        GC.GetTotalMemory(forceFullCollection: false),
        ThreadPool.ThreadCount,
        ThreadPool.PendingWorkItemCount);

    private double CpuPercent()
    {
        lock (_gate)
        {
            var (now, used) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var passed = time.GetElapsedTime(_askedAt, now);
            var percent = passed > TimeSpan.Zero ? (used - _used) / passed * 100 : 0;
            (_askedAt, _used) = (now, used);
            return percent;
        }
    }
}

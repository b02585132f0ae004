using System.Diagnostics.Metrics;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Jobs;

/// <summary>What came of jobs.</summary>
internal sealed class JobMetrics
{
    private readonly Counter<long> _tries;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;

    public JobMetrics(IMeterFactory meters, JobRunning running)
    {
        var meter = meters.Create(WorkerMetrics.Name);
        _tries = meter.CreateCounter<long>("trading.job.tries", "{try}", "Tries to do a job.");
        _duration = meter.CreateHistogram<double>("trading.job.duration", "s", "One try of a job.");
        _wait = meter.CreateHistogram<double>("trading.job.wait", "s", "From asking for a job to its first try.");
        meter.CreateObservableGauge("trading.job.active", () => running.Count, "{job}", "Jobs under way here.");
    }

    public void Started(string kind, TimeSpan waited) => _wait.Record(waited.TotalSeconds, Kind(kind));

    public void Tried(string kind, string outcome, TimeSpan took)
    {
        _tries.Add(1, Kind(kind), new("outcome", outcome));
        _duration.Record(took.TotalSeconds, Kind(kind));
    }

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);
}

/// <summary>How many jobs are under way here.</summary>
internal sealed class JobRunning
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Enter() => Interlocked.Increment(ref _count);

    public void Leave() => Interlocked.Decrement(ref _count);
}

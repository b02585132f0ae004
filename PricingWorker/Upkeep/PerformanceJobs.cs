using Trading.Data.Jobs;
using Trading.Data.Performance;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.Upkeep;

/// <summary>Computes the latest performance anew where daily bars have changed; readers do not wait.</summary>
internal sealed class PerformanceJobs(PerformanceStore performance, JobQueue queue) : IJobHandler
{
    public const string JobKind = "performance";

    public string Kind => JobKind;

    public JobLane Lane => JobLane.Upkeep;

    public async Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        await performance.RefreshAsync(cancellationToken);
        await queue.CompleteAsync(job, cancellationToken);
    }
}

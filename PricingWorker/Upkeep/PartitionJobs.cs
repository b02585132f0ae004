using Microsoft.Extensions.Options;
using Trading.Data.Bars;
using Trading.Data.Jobs;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.Upkeep;

/// <summary>
/// Makes the partitions of the months to come before their first bars arrive, and gives rows that landed in the default
/// partition their own.
/// </summary>
internal sealed class PartitionJobs(
    MinutePartitions partitions, JobQueue queue, IOptions<StorageOptions> options, TimeProvider time) : IJobHandler
{
    public const string JobKind = "partitions";

    public string Kind => JobKind;

    public JobLane Lane => JobLane.Upkeep;

    public async Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        await partitions.MakeAheadAsync(time.GetUtcNow().UtcDateTime, options.Value.MonthsAhead, cancellationToken);
        await partitions.EmptyDefaultAsync(cancellationToken);
        await queue.CompleteAsync(job, cancellationToken);
    }
}

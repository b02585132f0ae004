using System.Diagnostics;
using Quartz;
using Trading.Data.Jobs;

namespace Trading.PricingWorker.Schedules;

/// <summary>
/// What the scheduler runs: it only puts a job into the queue, which has leases, tries and dead letters. A time that is
/// fired twice, as a worker died while it did, is put there once.
/// </summary>
internal sealed partial class QueueScheduledJob(JobQueue queue, ILogger<QueueScheduledJob> logger) : IJob
{
    public const string Kind = "kind";
    public const string Payload = "payload";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        var data = context.MergedJobDataMap;
        var job = new NewJob(
            Guid.CreateVersion7(),
            (string)data[Kind]!,
            (string)data[Payload]!,
            OwnerId: null,
            TraceParent: Activity.Current?.Id)
        {
            Schedule = name,
            ScheduledFor = (context.ScheduledFireTimeUtc ?? context.FireTimeUtc).UtcDateTime,
        };
        if (!await queue.AddAsync(job, cancellationToken))
        {
            LogSkipped(name);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Schedule} is due while its job still waits or runs; once is enough.")]
    private partial void LogSkipped(string schedule);
}

using Microsoft.Extensions.Options;
using Trading.Data.Accounts;
using Trading.Data.Idempotency;
using Trading.Data.Jobs;
using Trading.Data.Webhooks;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.Upkeep;

/// <summary>Removes what is over: sessions, keys of requests, events, jobs, dead letters.</summary>
internal sealed partial class CleanUpJobs(
    SessionStore sessions,
    IdempotencyStore keys,
    DeliveryQueue deliveries,
    DeadLetterStore letters,
    JobQueue queue,
    IOptions<CleanUpOptions> options,
    IOptions<JobOptions> jobs,
    TimeProvider time,
    ILogger<CleanUpJobs> logger) : IJobHandler
{
    public const string JobKind = "clean_up";

    public string Kind => JobKind;

    public JobLane Lane => JobLane.Upkeep;

    public async Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        var kept = jobs.Value;
        LogRemoved(
            await sessions.ForgetAsync(time.GetUtcNow().UtcDateTime, cancellationToken),
            await keys.ForgetAsync(cancellationToken),
            await deliveries.ForgetAsync(options.Value.KeepEventsFor, cancellationToken),
            await letters.ForgetAsync(kept.KeepDeadLettersFor, cancellationToken),
            await queue.ForgetAsync(kept.KeepFor, kept.KeepScheduledFor, cancellationToken));
        await queue.CompleteAsync(job, cancellationToken);
    }

    [LoggerMessage(
        LogLevel.Information,
        "Removed as they are over: {Sessions} sessions, {Keys} keys of requests, {Events} events, {Letters} dead letters, "
        + "{Jobs} jobs")]
    private partial void LogRemoved(int sessions, int keys, int events, int letters, int jobs);
}

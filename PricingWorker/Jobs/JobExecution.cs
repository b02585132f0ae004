using System.Diagnostics;
using Microsoft.Extensions.Options;
using Trading.Data.Jobs;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Jobs;

/// <summary>Does one job: holds it, tells how far it is, and writes down how it ended.</summary>
internal sealed partial class JobExecution(
    JobQueue queue,
    IEnumerable<IJobHandler> handlers,
    JobWatchers watchers,
    JobMetrics metrics,
    JobRunning running,
    IOptions<JobOptions> options,
    TimeProvider time,
    ILogger<JobExecution> logger)
{
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind);

    public async Task RunAsync(ClaimedJob job, CancellationToken stopping)
    {
        ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var parent);
        using var activity = WorkerMetrics.Activities.StartActivity($"job {job.Kind}", ActivityKind.Consumer, parent);
        activity?.SetTag("trading.job.id", job.Id).SetTag("trading.job.attempt", job.Attempts);
        metrics.Started(job.Kind, time.GetUtcNow().UtcDateTime - job.CreatedAt);
        var startedAt = time.GetTimestamp();
        running.Enter();
        try
        {
            var outcome = await TryRunAsync(job, stopping);
            activity?.SetTag("trading.job.outcome", outcome);
            metrics.Tried(job.Kind, outcome, time.GetElapsedTime(startedAt));
            LogEnded(job.Id, job.Kind, outcome, time.GetElapsedTime(startedAt).TotalMilliseconds);
        }
        catch (Exception error)
        {
            // The lease runs out, and a worker, perhaps this one, does it again.
            LogUnfinished(job.Id, error.Message);
        }
        finally
        {
            running.Leave();
        }
    }

    private async Task<string> TryRunAsync(ClaimedJob job, CancellationToken stopping)
    {
        var progress = new JobProgress(time, job.Done, job.Total);
        await using var hold = new JobHolding(job, queue, progress, watchers, options.Value, time, stopping);
        try
        {
            // Where each try took its worker down, nobody was left to count.
            if (job.Attempts > JobQueue.MaxAttempts)
            {
                throw new JobRefusedException($"Given up: {JobQueue.MaxAttempts} workers ended while they did it.");
            }

            await _handlers[job.Kind].RunAsync(job, progress, hold.Ended);
            await hold.DisposeAsync();
            await watchers.EndedAsync(job, JobState.Succeeded, progress);
            return JobState.Succeeded;
        }
        catch (Exception error)
        {
            await hold.DisposeAsync();
            return await EndAsync(job, error, hold, progress, stopping);
        }
    }

    private async Task<string> EndAsync(
        ClaimedJob job, Exception error, JobHolding hold, JobProgress progress, CancellationToken stopping)
    {
        switch (hold.Last)
        {
            case JobHold.Lost:
            case var _ when error is JobLostException:
                return "lost";
            case JobHold.CancelRequested:
                await queue.FinishCancelledAsync(job, CancellationToken.None);
                await watchers.EndedAsync(job, JobState.Cancelled, progress);
                return JobState.Cancelled;
            case JobHold.Held when stopping.IsCancellationRequested && error is OperationCanceledException:
                await queue.ReleaseAsync(job, CancellationToken.None);
                return "released";
            default:
                return await FailAsync(job, error, progress);
        }
    }

    private async Task<string> FailAsync(ClaimedJob job, Exception error, JobProgress progress)
    {
        var attempts = progress.HasAdvanced ? 1 : job.Attempts;
        var isFinal = error is JobRefusedException || attempts >= JobQueue.MaxAttempts;
        var lane = _handlers[job.Kind].Lane;
        TimeSpan? retry = isFinal ? null : options.Value.FirstRetryOf(lane) * Math.Pow(3, attempts - 1);
        // What is not meant for the owner is in the log; owners of the others are administrators.
        var told = error is JobRefusedException || lane != JobLane.Computation
            ? error.Message
            : "It failed here; the administrators can see why.";
        LogFailed(error, job.Id, job.Kind, job.Attempts);
        await queue.FailAsync(job, told, retry, CancellationToken.None);
        if (isFinal)
        {
            await watchers.EndedAsync(job, JobState.Failed, progress);
        }

        return isFinal ? "dead" : "retried";
    }

    [LoggerMessage(LogLevel.Information, "The job {Job} ({Kind}) ended: {Outcome} after {Milliseconds:F0} ms")]
    private partial void LogEnded(Guid job, string kind, string outcome, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "Try {Attempt} of the job {Job} ({Kind}) failed")]
    private partial void LogFailed(Exception error, Guid job, string kind, int attempt);

    [LoggerMessage(LogLevel.Warning, "How the job {Job} ended was not written down, it is done again: {Reason}")]
    private partial void LogUnfinished(Guid job, string reason);
}

using Trading.Data.Jobs;

namespace Trading.PricingWorker.Jobs;

/// <summary>Does the jobs of one kind.</summary>
internal interface IJobHandler
{
    string Kind { get; }

    /// <summary>With which others it shares the worker, so that long ones of one sort never hold up those of another.</summary>
    JobLane Lane => JobLane.Computation;

    /// <summary>
    /// Does a job, and stores what came of it in one transaction with <see cref="JobQueue.TryCompleteAsync"/>. It may be
    /// begun again on another worker at any time, and must come to the same.
    /// </summary>
    /// <exception cref="JobRefusedException">It cannot be done, now or later.</exception>
    Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken);
}

/// <summary>Sorts of jobs that do not wait for each other.</summary>
internal enum JobLane
{
    /// <summary>Takes a core for as long as it runs.</summary>
    Computation,

    /// <summary>What is done by the clock: short, mostly waiting for the database or a provider.</summary>
    Upkeep,

    /// <summary>Takes hours, mostly waiting for providers.</summary>
    Backfill,
}

/// <summary>A job that would fail every time; the message is for its owner.</summary>
internal sealed class JobRefusedException(string message) : Exception(message);

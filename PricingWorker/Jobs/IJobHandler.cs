using Trading.Data.Jobs;

namespace Trading.PricingWorker.Jobs;

/// <summary>Does the jobs of one kind.</summary>
internal interface IJobHandler
{
    string Kind { get; }

    /// <summary>
    /// Does a job, and stores what came of it in one transaction with <see cref="JobQueue.TryCompleteAsync"/>. It may be
    /// begun again on another worker at any time, and must come to the same.
    /// </summary>
    /// <exception cref="JobRefusedException">It cannot be done, now or later.</exception>
    Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken);
}

/// <summary>A job that would fail every time; the message is for its owner.</summary>
internal sealed class JobRefusedException(string message) : Exception(message);

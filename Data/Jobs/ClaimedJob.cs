namespace Trading.Data.Jobs;

/// <summary>A job that one worker has to do now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">What to do, as JSON.</param>
/// <param name="OwnerId">Who asked for it.</param>
/// <param name="Attempts">Tries, this one included.</param>
/// <param name="Fence">Shows that the job is still this worker's.</param>
/// <param name="TraceParent">The trace of the request that asked for it.</param>
/// <param name="CreatedAt">When it was asked for.</param>
public sealed record ClaimedJob(
    Guid Id,
    string Kind,
    string Payload,
    Guid? OwnerId,
    int Attempts,
    long Fence,
    string? TraceParent,
    DateTime CreatedAt);

/// <summary>What a worker learns when it says that it is alive.</summary>
public enum JobHold
{
    /// <summary>Go on.</summary>
    Held,

    /// <summary>The owner wants it no more.</summary>
    CancelRequested,

    /// <summary>Another has taken it over, or it is gone.</summary>
    Lost,
}

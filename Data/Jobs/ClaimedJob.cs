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
    DateTime CreatedAt)
{
    /// <summary>How far tries before this one came.</summary>
    public long Done { get; init; }

    public long Total { get; init; }

    /// <summary>Where to go on, as JSON; null at the beginning.</summary>
    public string? Cursor { get; init; }
}

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

/// <summary>The job was taken over by another worker, or is gone: nothing of this try may be stored.</summary>
public sealed class JobLostException() : Exception("Another worker has the job now.");

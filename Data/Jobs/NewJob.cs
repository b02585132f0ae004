namespace Trading.Data.Jobs;

/// <summary>A job to be done.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is; says which handler does it.</param>
/// <param name="Payload">What to do, as JSON.</param>
/// <param name="OwnerId">Who asks for it; null where the system does.</param>
/// <param name="Total">How much there is to do, for the progress; 0 where not known.</param>
/// <param name="TraceParent">The trace that it belongs to.</param>
public sealed record NewJob(
    Guid Id, string Kind, string Payload, Guid? OwnerId, long Total = 0, string? TraceParent = null)
{
    /// <summary>The schedule that it is of.</summary>
    public string? Schedule { get; init; }

    /// <summary>The time at which the schedule wants it; null where somebody asks for it now.</summary>
    public DateTime? ScheduledFor { get; init; }
}

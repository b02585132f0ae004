namespace Trading.Contracts;

/// <summary>A job that was given up.</summary>
/// <param name="Id">Its id as a dead letter.</param>
/// <param name="JobId">The job's id.</param>
/// <param name="Kind">What it was, such as <c>backtest</c>.</param>
/// <param name="OwnerId">Who asked for it.</param>
/// <param name="Payload">What was to be done, as JSON.</param>
/// <param name="Error">What went wrong last.</param>
/// <param name="Attempts">Tries that failed.</param>
/// <param name="CreatedAt">When it was given up, UTC.</param>
/// <param name="ReplayedAt">When it was begun anew, UTC.</param>
public sealed record DeadLetterResponse(
    Guid Id,
    Guid JobId,
    string Kind,
    Guid? OwnerId,
    string Payload,
    string Error,
    int Attempts,
    DateTime CreatedAt,
    DateTime? ReplayedAt);

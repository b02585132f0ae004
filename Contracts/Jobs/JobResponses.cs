namespace Trading.Contracts;

/// <summary>What the workers do by the clock, and what waits or runs now.</summary>
/// <param name="Schedules">Every schedule by name.</param>
/// <param name="Active">Jobs that wait or run, those that run first; at most 200.</param>
public sealed record JobsResponse(IReadOnlyList<ScheduleResponse> Schedules, IReadOnlyList<JobResponse> Active);

/// <summary>Something that is done by the clock.</summary>
/// <param name="Name">Its name, such as <c>daily-fetch-xnys</c>.</param>
/// <param name="Kind">The kind of its jobs.</param>
/// <param name="Description">What it does.</param>
/// <param name="Cron">When: seconds, minutes, hours, day of the month, month, day of the week.</param>
/// <param name="TimeZone">The IANA time zone of the clock that is meant.</param>
/// <param name="State"><c>waiting</c>, <c>due</c>, <c>paused</c>, <c>error</c>, or <c>none</c> where no worker keeps it.</param>
/// <param name="NextRunAt">When it is due next, UTC; null where it is not.</param>
/// <param name="LastRun">Its newest job; null where there was none, or it was long ago.</param>
public sealed record ScheduleResponse(
    string Name,
    string Kind,
    string Description,
    string Cron,
    string TimeZone,
    string State,
    DateTime? NextRunAt,
    JobResponse? LastRun);

/// <summary>One job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is, such as <c>backtest</c>.</param>
/// <param name="Schedule">The schedule that it is of; null where somebody asked for it.</param>
/// <param name="OwnerId">Who asked for it; null where the clock or an administrator did.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Attempts">Tries that were begun; after three without success it is a dead letter.</param>
/// <param name="Progress">How far it is; null where that is not known.</param>
/// <param name="Worker">The worker that has it, or had it last.</param>
/// <param name="Error">What went wrong last.</param>
/// <param name="CreatedAt">When it was asked for, UTC.</param>
/// <param name="ScheduledFor">The time that its schedule means, UTC.</param>
/// <param name="DueAt">When the next try may begin, UTC; null unless it waits.</param>
/// <param name="StartedAt">When the first try began, UTC.</param>
/// <param name="FinishedAt">When it was over, UTC.</param>
public sealed record JobResponse(
    Guid Id,
    string Kind,
    string? Schedule,
    Guid? OwnerId,
    string State,
    int Attempts,
    JobProgressResponse? Progress,
    string? Worker,
    string? Error,
    DateTime CreatedAt,
    DateTime? ScheduledFor,
    DateTime? DueAt,
    DateTime? StartedAt,
    DateTime? FinishedAt);

/// <summary>How far a job is.</summary>
/// <param name="Done">What is done of <paramref name="Total"/>.</param>
/// <param name="Total">What there is to do.</param>
/// <param name="Rate">Done a second since the last try began; null before there is any, and when it is over.</param>
/// <param name="SecondsLeft">What the rest takes at that rate.</param>
public sealed record JobProgressResponse(long Done, long Total, double? Rate, double? SecondsLeft);

using Trading.Contracts;
using Trading.Data.Backfills;
using Trading.Data.Jobs;

namespace Trading.ApiService.Jobs;

/// <summary>Jobs as they are shown.</summary>
internal static class JobAnswers
{
    private const int MostTickers = 20;

    public static ScheduleResponse Describe(ScheduleStatus status, DateTime now) => new(
        status.Schedule.Name,
        status.Schedule.Kind,
        status.Schedule.Description,
        status.Schedule.Cron,
        status.Schedule.TimeZone,
        StateOf(status.State),
        status.NextRunAt,
        status.Last is { } last ? Describe(last, now) : null);

    public static JobResponse Describe(Job job, DateTime now) => new(
        job.Id,
        job.Kind,
        job.Schedule,
        job.OwnerId,
        job.State,
        job.Attempts,
        job.ProgressTotal > 0 ? ProgressOf(job, now) : null,
        job.ClaimedBy,
        job.Error,
        job.CreatedAt,
        job.ScheduledFor,
        job.State == JobState.Queued ? job.NextAttemptAt : null,
        job.StartedAt,
        job.FinishedAt);

    public static BackfillResponse DescribeBackfill(Job job, DateTime now)
    {
        var (spec, cursor) = (BackfillSpec.Read(job.Payload), BackfillCursor.Read(job.Cursor));
        return new BackfillResponse(
            job.Id,
            job.State,
            spec.Exchange,
            spec.Tickers.Count,
            [.. spec.Tickers.Take(MostTickers)],
            spec.From,
            spec.To,
            spec.Interval,
            ProgressOf(job, now),
            cursor.Stored,
            cursor.Failed,
            [.. cursor.Failures.Select(failure => new BackfillFailureResponse(failure.Ticker, failure.Reason))],
            job.Attempts,
            job.Error,
            job.OwnerId,
            job.CreatedAt,
            job.StartedAt,
            job.FinishedAt);
    }

    private static JobProgressResponse ProgressOf(Job job, DateTime now)
    {
        var seconds = job.State == JobState.Running && job.TriedAt is { } began ? (now - began).TotalSeconds : 0;
        var done = job.ProgressDone - job.TriedDone;
        double? rate = seconds > 0 && done > 0 ? done / seconds : null;
        return new JobProgressResponse(
            job.ProgressDone,
            job.ProgressTotal,
            rate,
            rate is { } speed ? Math.Max(job.ProgressTotal - job.ProgressDone, 0) / speed : null);
    }

    // The scheduler's own words stay its own.
    private static string StateOf(string? state) => state switch
    {
        null => "none",
        "WAITING" => "waiting",
        "PAUSED" or "PAUSED_BLOCKED" => "paused",
        "ERROR" => "error",
        _ => "due",
    };
}

using System.Diagnostics;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Idempotency;
using Trading.Contracts;
using Trading.Data.Jobs;

namespace Trading.ApiService.Jobs;

/// <summary>What the workers do by the clock.</summary>
internal static class JobsApi
{
    private const int MostActive = 200;

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/jobs").WithTags("Monitoring").RequireAuthorization(Policies.Admin);
        jobs.MapGet("", List)
            .WithName("GetJobs")
            .WithSummary("What the workers do by the clock, and what waits or runs now")
            .OpenToKeys(Scopes.MonitoringRead)
            .Produces<JobsResponse>()
            .ProducesProblems(401, 403, 429, 503);
        jobs.MapPost("/{name}/run", Run)
            .WithName("RunJob")
            .WithSummary("Runs a schedule now, beside its times")
            .WithIdempotency()
            .Produces<JobResponse>(StatusCodes.Status202Accepted)
            .ProducesProblems(401, 403, 404, 409, 429, 503);
    }

    private static async Task<IResult> List(
        ScheduleStore schedules, JobStore jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        var all = await schedules.ListAsync(cancellationToken);
        var active = await jobs.ActiveAsync(MostActive, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        return TypedResults.Json(
            new JobsResponse(
                [.. all.Select(status => JobAnswers.Describe(status, now))],
                [.. active.Select(job => JobAnswers.Describe(job, now))]),
            ApiJson.Default.JobsResponse);
    }

    private static async Task<IResult> Run(
        string name,
        HttpContext context,
        ScheduleStore schedules,
        JobQueue queue,
        JobStore jobs,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await schedules.FindAsync(name, cancellationToken) is not { } schedule)
        {
            return ApiProblem.NotFound(
                ErrorCodes.NotFound, "There is no schedule of this name; /api/v1/jobs lists them.");
        }

        var job = new NewJob(
            Guid.CreateVersion7(), schedule.Kind, schedule.Payload, null, TraceParent: Activity.Current?.Id)
        {
            Schedule = schedule.Name,
        };
        if (!await queue.AddAsync(job, cancellationToken))
        {
            return AlreadyRunning;
        }

        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.JobRun, AuditOutcome.Success, Subject: schedule.Name),
            cancellationToken);
        var added = await jobs.FindAsync(job.Id, cancellationToken);
        return TypedResults.Json(
            JobAnswers.Describe(added!, time.GetUtcNow().UtcDateTime),
            ApiJson.Default.JobResponse,
            statusCode: StatusCodes.Status202Accepted);
    }

    internal static ApiProblem AlreadyRunning => new(
        StatusCodes.Status409Conflict,
        ErrorCodes.AlreadyRunning,
        "A job of this schedule waits or runs already; /api/v1/jobs shows it. Ask again when it is over.");
}

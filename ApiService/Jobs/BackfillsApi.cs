using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Idempotency;
using Trading.Contracts;
using Trading.Data.Backfills;
using Trading.Data.Jobs;

namespace Trading.ApiService.Jobs;

/// <summary>Fetching past sessions of many instruments from the providers.</summary>
internal static class BackfillsApi
{
    private const string ListName = "backfills";
    private static readonly PageLimit _limit = new(Default: 50, Max: 200);

    private static ApiProblem Unknown => ApiProblem.NotFound(
        ErrorCodes.NotFound, "There is no backfill of this id; /api/v1/backfills lists them.");

    public static void MapBackfills(this IEndpointRouteBuilder routes)
    {
        var backfills = routes.MapGroup("/backfills").WithTags("Monitoring").RequireAuthorization(Policies.Admin);
        backfills.MapGet("", List)
            .WithName("ListBackfills")
            .WithSummary("Backfills with their progress, newest first")
            .OpenToKeys(Scopes.MonitoringRead)
            .Produces<Page<BackfillResponse>>()
            .ProducesProblems(400, 401, 403, 429, 503);
        backfills.MapPost("", Start)
            .WithName("StartBackfill")
            .WithSummary("Has sessions fetched from the providers anew, in the background")
            .WithIdempotency()
            .Produces<BackfillResponse>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        backfills.MapGet("/{id:guid}", Find)
            .WithName("GetBackfill")
            .WithSummary("One backfill with its progress")
            .OpenToKeys(Scopes.MonitoringRead)
            .Produces<BackfillResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
        backfills.MapPost("/{id:guid}/cancel", Cancel)
            .WithName("CancelBackfill")
            .WithSummary("Ends a backfill; what it has stored stays")
            .Produces<BackfillResponse>()
            .ProducesProblems(401, 403, 404, 409, 429, 503);
    }

    private static async Task<IResult> List(
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Items on a page: 1 to 200, 50 if not given.")] string? limit,
        JobStore jobs,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (_limit.Read(limit, out var count) is { } problem)
        {
            return problem;
        }

        if (!Cursor.TryReadId(ListName, cursor, out var before))
        {
            return ApiProblem.InvalidCursor();
        }

        var found = await jobs.ListAsync(BackfillSpec.JobKind, before, count + 1, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var page = found.Take(count).Select(job => JobAnswers.DescribeBackfill(job, now)).ToArray();
        return TypedResults.Json(
            new Page<BackfillResponse>(
                page, found.Count > count ? Cursor.After(ListName, page[^1].Id.ToString()) : null),
            ApiJson.Default.PageBackfillResponse);
    }

    private static async Task<IResult> Start(
        BackfillRequest request,
        HttpContext context,
        BackfillReading reading,
        JobQueue queue,
        JobStore jobs,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (problem, spec) = await reading.ReadAsync(request, cancellationToken);
        if (spec is null)
        {
            return problem!;
        }

        var id = Guid.CreateVersion7();
        await queue.AddAsync(
            new NewJob(
                id,
                BackfillSpec.JobKind,
                spec.Write(),
                context.User.RequiredUserId(),
                spec.Tickers.Count,
                Activity.Current?.Id),
            cancellationToken);
        await audit.RecordAsync(
            context,
            new AuditEvent(
                AuditActions.BackfillStart,
                AuditOutcome.Success,
                Subject: id.ToString(),
                Details: new Dictionary<string, string>
                {
                    ["tickers"] = spec.Tickers.Count.ToString(CultureInfo.InvariantCulture),
                    ["from"] = spec.From.ToString("O", CultureInfo.InvariantCulture),
                    ["to"] = spec.To.ToString("O", CultureInfo.InvariantCulture),
                }),
            cancellationToken);
        context.Response.Headers.Location = $"/api/v1/backfills/{id}";
        return Show(await jobs.FindAsync(id, cancellationToken), time, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Find(
        Guid id, JobStore jobs, TimeProvider time, CancellationToken cancellationToken) =>
        Show(await jobs.FindAsync(id, cancellationToken), time, StatusCodes.Status200OK);

    private static async Task<IResult> Cancel(
        Guid id,
        HttpContext context,
        JobQueue queue,
        JobStore jobs,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var isCancelled = await queue.CancelAsync(BackfillSpec.JobKind, id, cancellationToken);
        var job = await jobs.FindAsync(id, cancellationToken);
        if (!isCancelled)
        {
            return job?.Kind == BackfillSpec.JobKind
                ? new ApiProblem(
                    StatusCodes.Status409Conflict, ErrorCodes.NotRunning, "The backfill is over: nothing is left to end.")
                : Unknown;
        }

        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.BackfillCancel, AuditOutcome.Success, Subject: id.ToString()),
            cancellationToken);
        return Show(job, time, StatusCodes.Status200OK);
    }

    private static IResult Show(Job? job, TimeProvider time, int status) => job?.Kind == BackfillSpec.JobKind
        ? TypedResults.Json(
            JobAnswers.DescribeBackfill(job, time.GetUtcNow().UtcDateTime),
            ApiJson.Default.BackfillResponse,
            statusCode: status)
        : Unknown;
}

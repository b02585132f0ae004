using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Idempotency;
using Trading.Contracts;
using Trading.Data.Experiments;

namespace Trading.ApiService.Experiments;

/// <summary>Experiments: strategies side by side on paper.</summary>
internal static class ExperimentsApi
{
    private const int MostPoints = 5000;
    private const int DefaultPoints = 1000;
    private static readonly PageLimit _limit = new(Default: 20, Max: 100);

    public static ApiProblem Unknown => ApiProblem.NotFound(
        ErrorCodes.NotFound, "You have no experiment of this id; /api/v1/experiments lists them.");

    public static void MapWriting(this RouteGroupBuilder experiments)
    {
        experiments.MapPost("", Start)
            .WithName("StartExperiment")
            .WithSummary("Runs strategies side by side on paper, from now on")
            .WithIdempotency()
            .Produces<ExperimentResponse>(StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 403, 409, 413, 415, 422, 429, 503);
        experiments.MapPost("/{id:guid}/stop", Stop)
            .WithName("StopExperiment")
            .WithSummary("Ends an experiment that runs; what came of it stays")
            .Produces<ExperimentResponse>()
            .ProducesProblems(401, 403, 404, 409, 429, 503);
        experiments.MapDelete("/{id:guid}", Delete)
            .WithName("DeleteExperiment")
            .WithSummary("Removes an experiment with all that came of it")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 404, 429, 503);
    }

    public static void MapReading(this RouteGroupBuilder experiments)
    {
        experiments.MapGet("", List)
            .WithName("ListExperiments")
            .WithSummary("One's own experiments, newest first, a page at a time")
            .Produces<Page<ExperimentResponse>>()
            .ProducesProblems(400, 401, 403, 429, 503);
        experiments.MapGet("/{id:guid}", Find)
            .WithName("GetExperiment")
            .WithSummary("How the arms of an experiment stand, and what the test says")
            .Produces<ExperimentResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
        experiments.MapGet("/{id:guid}/points", Points)
            .WithName("GetExperimentPoints")
            .WithSummary("Equity of all arms and their confidence sequences, bar by bar")
            .Produces<ExperimentPointsResponse>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
    }

    private static Task<IResult> Start(
        ExperimentRequest request, HttpContext context, ExperimentDesk desk, CancellationToken cancellationToken) =>
        desk.StartAsync(context, request, cancellationToken);

    private static async Task<IResult> List(
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Experiments on a page: 1 to 100, 20 if not given.")] string? limit,
        HttpContext context,
        ExperimentStore store,
        CancellationToken cancellationToken)
    {
        if (_limit.Read(limit, out var count) is { } problem)
        {
            return problem;
        }

        var user = context.User.RequiredUserId();
        var list = $"experiments|{user}";
        if (!Cursor.TryReadId(list, cursor, out var before))
        {
            return ApiProblem.InvalidCursor();
        }

        var rows = await store.ListAsync(user, before, count + 1, cancellationToken);
        var page = rows.Take(count).Select(ExperimentBody.Describe).ToArray();
        return TypedResults.Json(
            new Page<ExperimentResponse>(page, rows.Count > count ? Cursor.After(list, page[^1].Id.ToString()) : null),
            ApiJson.Default);
    }

    private static async Task<IResult> Find(
        Guid id, HttpContext context, ExperimentStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(context.User.RequiredUserId(), id, cancellationToken) is { } row
            ? TypedResults.Json(ExperimentBody.Describe(row), ApiJson.Default)
            : Unknown;

    private static async Task<IResult> Points(
        Guid id,
        [FromQuery, Description("How many bars at most: 2 to 5000, 1000 if not given; the last is among them.")] string? most,
        HttpContext context,
        ExperimentStore store,
        CancellationToken cancellationToken)
    {
        var count = DefaultPoints;
        if (most is not null
            && (!int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                || count is < 2 or > MostPoints))
        {
            return ApiProblem.BadRequest(ErrorCodes.InvalidParameter, $"most is a number from 2 to {MostPoints}.");
        }

        var user = context.User.RequiredUserId();
        return await store.FindAsync(user, id, cancellationToken) is { } row
            ? TypedResults.Json(
                ExperimentCourse.Of(row.Spec, await store.PointsAsync(user, id, cancellationToken), count),
                ApiJson.Default)
            : Unknown;
    }

    private static async Task<IResult> Stop(
        Guid id,
        HttpContext context,
        ExperimentStore store,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        var stopped = await store.StopAsync(user, id, time.GetUtcNow().UtcDateTime, cancellationToken);
        if (await store.FindAsync(user, id, cancellationToken) is not { } row)
        {
            return Unknown;
        }

        if (!stopped)
        {
            return new ApiProblem(
                StatusCodes.Status409Conflict, ErrorCodes.NotRunning, "The experiment is over; nothing is left to stop.");
        }

        audit.Record(context, new AuditEvent(
            AuditActions.ExperimentStop, AuditOutcome.Success, Subject: id.ToString()));
        return TypedResults.Json(ExperimentBody.Describe(row), ApiJson.Default);
    }

    private static async Task<IResult> Delete(
        Guid id, HttpContext context, ExperimentStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(context.User.RequiredUserId(), id, cancellationToken))
        {
            return Unknown;
        }

        audit.Record(context, new AuditEvent(
            AuditActions.ExperimentDelete, AuditOutcome.Success, Subject: id.ToString()));
        return TypedResults.NoContent();
    }
}

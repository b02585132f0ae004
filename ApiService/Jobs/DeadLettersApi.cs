using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Jobs;

namespace Trading.ApiService.Jobs;

/// <summary>Jobs that were given up: what went wrong, and doing them again.</summary>
internal static class DeadLettersApi
{
    private const string ListName = "dead_letters";
    private static readonly PageLimit _limit = new(Default: 50, Max: 500);

    public static void MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup("/dead-letters").WithTags("Monitoring").RequireAuthorization(Policies.Admin);
        letters.MapGet("", List)
            .WithName("ListDeadLetters")
            .WithSummary("Jobs that were given up, newest first")
            .OpenToKeys(Scopes.MonitoringRead)
            .Produces<Page<DeadLetterResponse>>()
            .ProducesProblems(400, 401, 403, 429, 503);
        letters.MapPost("/{id:guid}/replay", Replay)
            .WithName("ReplayDeadLetter")
            .WithSummary("Has a job that was given up done again")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblems(401, 403, 404, 409, 429, 503);
        letters.MapDelete("/{id:guid}", Delete)
            .WithName("DeleteDeadLetter")
            .WithSummary("Removes a dead letter: its job will not be done")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 404, 429, 503);
    }

    private static async Task<IResult> List(
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Items on a page: 1 to 500, 50 if not given.")] string? limit,
        DeadLetterStore store,
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

        var found = await store.ListAsync(before, count + 1, cancellationToken);
        var page = found.Take(count).Select(letter => new DeadLetterResponse(
            letter.Id,
            letter.JobId,
            letter.Kind,
            letter.OwnerId,
            letter.Payload,
            letter.Error,
            letter.Attempts,
            letter.CreatedAt,
            letter.ReplayedAt)).ToArray();
        return TypedResults.Json(
            new Page<DeadLetterResponse>(
                page, found.Count > count ? Cursor.After(ListName, page[^1].Id.ToString()) : null),
            ApiJson.Default);
    }

    private static async Task<IResult> Replay(
        Guid id, HttpContext context, DeadLetterStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        try
        {
            if (!await store.ReplayAsync(id, cancellationToken))
            {
                return ApiProblem.NotFound(
                    ErrorCodes.NotFound, "There is no such dead letter that waits; /api/v1/dead-letters lists them.");
            }
        }
        catch (JobActiveException)
        {
            return JobsApi.AlreadyRunning;
        }

        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.DeadLetterReplay, AuditOutcome.Success, Subject: id.ToString()),
            cancellationToken);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Delete(
        Guid id, HttpContext context, DeadLetterStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, cancellationToken))
        {
            return ApiProblem.NotFound(
                ErrorCodes.NotFound, "There is no such dead letter; /api/v1/dead-letters lists them.");
        }

        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.DeadLetterDelete, AuditOutcome.Success, Subject: id.ToString()),
            cancellationToken);
        return TypedResults.NoContent();
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Audit;

namespace Trading.ApiService.Audit;

/// <summary>The audit trail, for those who operate the system.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit").WithTags("Audit").RequireAuthorization(Policies.Admin);
        audit.MapGet("", Search)
            .WithName("SearchAudit")
            .WithSummary("Events of the audit trail, newest first, a page at a time")
            .Produces<Page<AuditEventResponse>>()
            .ProducesProblems(400, 401, 403, 429, 503);
        audit.MapAuditExport();
        audit.MapGet("/verify", Verify)
            .WithName("VerifyAudit")
            .WithSummary("Whether the audit trail is what was written")
            .WithDescription("Reads every row and computes its hash anew. Note `head` elsewhere: it shows later that the"
                + " end was not cut off.")
            .Produces<AuditVerdictResponse>()
            .ProducesProblems(401, 403, 429, 503);
    }

    private static async Task<IResult> Search(
        [AsParameters] AuditParameters asked, AuditStore store, CancellationToken cancellationToken)
    {
        if (AuditRequest.Read(asked, out var query) is { } problem)
        {
            return problem;
        }

        var found = await store.SearchAsync(query, cancellationToken);
        var page = found.Take(query.Limit - 1).Select(Describe).ToArray();
        return Json(new Page<AuditEventResponse>(
            page, found.Count == query.Limit ? AuditRequest.CursorAfter(asked, page[^1].Id) : null));
    }

    private static async Task<IResult> Verify(AuditStore store, CancellationToken cancellationToken)
    {
        var verdict = await store.VerifyAsync(cancellationToken);
        return Json(new AuditVerdictResponse(
            verdict.BrokenAt is null, verdict.Count, Convert.ToHexStringLower(verdict.Head), verdict.BrokenAt));
    }

    private static AuditEventResponse Describe(AuditRow row) => new(
        row.Id,
        row.Time,
        row.ActorId,
        row.Actor,
        row.Action,
        row.Outcome,
        row.Subject,
        row.Address,
        row.UserAgent,
        row.RequestId,
        row.TraceId,
        row.Details is null ? null : JsonSerializer.Deserialize(row.Details, ApiJson.Default.AuditDetails),
        Convert.ToHexStringLower(row.Hash));

    private static JsonHttpResult<T> Json<T>(T body) => TypedResults.Json(body, ApiJson.Default);
}

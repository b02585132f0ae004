using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Data.Audit;

namespace Trading.ApiService.Audit;

/// <summary>All events of a search as one file, written as they are read.</summary>
internal static class AuditExport
{
    private const int RowsAtOnce = 1000;

    public static void MapAuditExport(this IEndpointRouteBuilder audit) => audit.MapGet("/export", Export)
        .WithName("ExportAudit")
        .WithSummary("Events of the audit trail as CSV, newest first")
        .WithDescription("The filters are those of the search; `cursor` and `limit` have no meaning here. A text that a"
            + " spreadsheet would take for a formula starts with an apostrophe.")
        .LimitedBy(LimitPolicies.Exports)
        .Produces<string>(StatusCodes.Status200OK, "text/csv")
        .ProducesProblems(400, 401, 403, 429, 503);

    private static async Task Export([AsParameters] AuditParameters asked, HttpContext context, AuditStore store)
    {
        if (AuditRequest.Read(asked with { Cursor = null, Limit = null }, out var query) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        // Read before the answer begins: a store that is away is a 503, and not half a file.
        query = query with { Limit = RowsAtOnce };
        var rows = await store.SearchAsync(query, context.RequestAborted);
        var response = context.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        using var text = new StringWriter();
        var csv = new Csv(text).Header(
            "id", "time", "actor", "action", "outcome", "subject", "address", "user_agent", "request_id", "trace_id",
            "details", "hash");
        while (rows.Count > 0)
        {
            Write(csv, rows);
            await response.WriteAsync(text.ToString(), context.RequestAborted);
            text.GetStringBuilder().Clear();
            rows = rows.Count < RowsAtOnce
                ? []
                : await store.SearchAsync(query with { Before = rows[^1].Id }, context.RequestAborted);
        }

        await response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private static void Write(Csv csv, IEnumerable<AuditRow> rows)
    {
        foreach (var row in rows)
        {
            csv.Number(row.Id).Time(row.Time).Text(row.Actor).Text(row.Action).Text(row.Outcome).Text(row.Subject)
                .Text(row.Address).Text(row.UserAgent).Text(row.RequestId).Text(row.TraceId).Text(row.Details)
                .Text(Convert.ToHexStringLower(row.Hash)).EndRow();
        }
    }
}

using System.Globalization;
using Trading.ApiService.Bars;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Audit;

namespace Trading.ApiService.Audit;

/// <summary>A request for events of the audit trail that has been checked.</summary>
internal static class AuditRequest
{
    private const int LongestText = 200;

    private static readonly PageLimit _limit = new(Default: 100, Max: 1000);

    /// <summary>Checks what a client asked for; the query asks for one event more than the page holds.</summary>
    public static ApiProblem? Read(AuditParameters asked, out AuditQuery query)
    {
        query = null!;
        var texts = new[] { asked.Action, asked.Outcome, asked.Actor, asked.Address, asked.TraceId };
        if (texts.Any(text => text is not null && (text.Length > LongestText || text.Any(char.IsControl))))
        {
            return ApiProblem.BadRequest(
                ErrorCodes.InvalidParameter, $"A filter has at most {LongestText} printable characters.");
        }

        if (_limit.Read(asked.Limit, out var limit) is { } problem)
        {
            return problem;
        }

        if (!TryReadTime(asked.From, out var from) || !TryReadTime(asked.To, out var to))
        {
            return ApiProblem.BadRequest(
                ErrorCodes.InvalidDate, "from and to are dates such as 2026-02-07 or times such as 2026-02-07T21:00:00Z.");
        }

        if (from > to)
        {
            return ApiProblem.BadRequest(ErrorCodes.InvalidRange, "from lies after to; swap them.");
        }

        long? before = null;
        if (asked.Cursor is not null && !TryReadCursor(asked, out before))
        {
            return ApiProblem.InvalidCursor();
        }

        query = new AuditQuery(
            asked.Action, asked.Outcome, asked.Actor, asked.Address, asked.TraceId, from, to, before, limit + 1);
        return null;
    }

    public static string CursorAfter(AuditParameters asked, long id) =>
        Cursor.After(ListOf(asked), id.ToString(CultureInfo.InvariantCulture));

    private static string ListOf(AuditParameters asked) =>
        $"audit|{asked.Action}|{asked.Outcome}|{asked.Actor}|{asked.Address}|{asked.TraceId}|{asked.From}|{asked.To}";

    private static bool TryReadCursor(AuditParameters asked, out long? before)
    {
        var read = Cursor.TryRead(ListOf(asked), asked.Cursor!, out var text)
            & long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        before = id;
        return read;
    }

    private static bool TryReadTime(string? text, out DateTime? time)
    {
        time = null;
        if (text is null)
        {
            return true;
        }

        var read = BarTime.TryRead(text, out var found);
        time = found.Session?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) ?? found.Instant;
        return read;
    }
}

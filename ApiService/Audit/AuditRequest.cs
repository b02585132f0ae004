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
    private static readonly string[] _outcomes = [.. Enum.GetNames<AuditOutcome>().Select(name => name.ToLowerInvariant())];

    /// <summary>Checks what a client asked for; the query asks for one event more than the page holds.</summary>
    public static ApiProblem? Read(AuditParameters asked, out AuditQuery query)
    {
        query = null!;
        var problems = new QueryProblems();
        foreach (var (name, text) in TextsOf(asked))
        {
            problems.Add(name, CheckText(name, text));
        }

        problems.Add("outcome", CheckOutcome(asked.Outcome));
        problems.Add("limit", _limit.Read(asked.Limit, out var limit));
        problems.Add("from", BarTime.Read("from", asked.From, out var from));
        problems.Add("to", BarTime.Read("to", asked.To, out var to));
        problems.Add("from", from?.Moment > to?.Moment ? ApiProblem.SwappedRange() : null);
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        long? before = null;
        if (asked.Cursor is not null && !TryReadCursor(asked, out before))
        {
            return ApiProblem.InvalidCursor();
        }

        query = new AuditQuery(
            asked.Action, asked.Outcome, asked.Actor, asked.Address, asked.TraceId, from?.Moment, to?.Moment, before, limit + 1);
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

    private static (string Name, string? Text)[] TextsOf(AuditParameters asked) =>
    [
        ("action", asked.Action), ("actor", asked.Actor), ("address", asked.Address), ("trace_id", asked.TraceId),
    ];

    private static ApiProblem? CheckText(string name, string? text) =>
        text is null || (text.Length <= LongestText && !text.Any(char.IsControl)) ? null : ApiProblem.BadRequest(
            ErrorCodes.InvalidParameter, $"{name} has at most {LongestText} printable characters.");

    private static ApiProblem? CheckOutcome(string? text) =>
        text is null || _outcomes.Contains(text) ? null : ApiProblem.BadRequest(
            ErrorCodes.InvalidParameter, $"outcome is one of {string.Join(", ", _outcomes)}.");
}

using System.Globalization;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.CorporateActions;
using Trading.Domain.Market;

namespace Trading.ApiService.CorporateActions;

/// <summary>What administrators know better than the sources.</summary>
internal static class ActionCorrections
{
    // No company has split its shares by more, either way.
    private const double LargestSplit = 10_000;
    private const double LargestDividend = 1_000_000;
    private const int EarliestYear = 1900;
    private const int LatestYear = 2100;

    public static void MapCorrections(this RouteGroupBuilder actions)
    {
        actions.MapPut("/{kind}/{exDate}", Set)
            .WithName("SetCorporateAction")
            .WithSummary("Sets a split or dividend by hand; no source changes it any more")
            .WithDescription("kind is split or dividend, exDate a date such as 2020-08-31.")
            .RequireAuthorization(Policies.Admin)
            .Produces<CorporateActionsResponse>()
            .ProducesProblems(400, 401, 403, 404, 413, 415, 429, 503);
        actions.MapDelete("/{kind}/{exDate}", Withdraw)
            .WithName("WithdrawCorporateAction")
            .WithSummary("Says that a split or dividend never happened; no source brings it back")
            .RequireAuthorization(Policies.Admin)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(400, 401, 403, 404, 429, 503);
    }

    private static async Task<IResult> Set(
        string ticker,
        string kind,
        string exDate,
        CorporateActionRequest request,
        HttpContext context,
        InstrumentDirectory directory,
        ActionStore store,
        AuditTrail audit)
    {
        var (asked, mistake) = Read(kind, exDate);
        if ((mistake ?? Check(asked.Kind, request.Value)) is { } wrong)
        {
            return wrong;
        }

        var (instrument, problem) = await CorporateActionsApi.FindAsync(ticker, directory, context.RequestAborted);
        if (instrument is null)
        {
            return problem!;
        }

        if (await store.CorrectAsync(
            instrument.Id, asked.ExDate, asked.Kind, request.Value, NameOf(context), context.RequestAborted))
        {
            var value = request.Value.ToString("R", CultureInfo.InvariantCulture);
            await RecordAsync(audit, context, instrument, asked, value);
        }

        return TypedResults.Json(
            await ActionText.ReadAsync(instrument, store, context.RequestAborted),
            ApiJson.Default.CorporateActionsResponse);
    }

    private static async Task<IResult> Withdraw(
        string ticker,
        string kind,
        string exDate,
        HttpContext context,
        InstrumentDirectory directory,
        ActionStore store,
        AuditTrail audit)
    {
        var (asked, mistake) = Read(kind, exDate);
        if (mistake is not null)
        {
            return mistake;
        }

        var (instrument, problem) = await CorporateActionsApi.FindAsync(ticker, directory, context.RequestAborted);
        if (instrument is null)
        {
            return problem!;
        }

        var known = await store.ListAsync(instrument.Id, context.RequestAborted);
        if (!known.Any(row => row.ExDate == asked.ExDate && row.Kind == asked.Kind))
        {
            return ApiProblem.NotFound(
                ErrorCodes.UnknownAction, "The instrument has no such action; its /actions lists those there are.");
        }

        if (await store.CorrectAsync(
            instrument.Id, asked.ExDate, asked.Kind, null, NameOf(context), context.RequestAborted))
        {
            await RecordAsync(audit, context, instrument, asked, "withdrawn");
        }

        return TypedResults.NoContent();
    }

    private static string NameOf(HttpContext context) => context.User.Identity?.Name ?? "admin";

    private static Task RecordAsync(
        AuditTrail audit,
        HttpContext context,
        Instrument instrument,
        (CorporateActionKind Kind, DateOnly ExDate) action,
        string value) => audit.RecordAsync(
        context,
        new AuditEvent(
            AuditActions.CorporateActionChange,
            AuditOutcome.Success,
            Subject: instrument.Ticker,
            Details: new Dictionary<string, string>
            {
                ["kind"] = ActionText.Of(action.Kind),
                ["ex_date"] = action.ExDate.ToString("O", CultureInfo.InvariantCulture),
                ["value"] = value,
            }),
        context.RequestAborted);

    private static ((CorporateActionKind Kind, DateOnly ExDate) Action, ApiProblem? Problem) Read(
        string kind, string exDate)
    {
        if (ActionText.KindOf(kind) is not { } known)
        {
            return (default, ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "An action is a split or a dividend."));
        }

        var problem = QueryDate.Read("exDate", exDate, out var date);
        problem ??= date is { Year: >= EarliestYear and <= LatestYear }
            ? null
            : ApiProblem.BadRequest(ErrorCodes.InvalidDate, "exDate is a date such as 2020-08-31.");
        return ((known, date.GetValueOrDefault()), problem);
    }

    private static ApiProblem? Check(CorporateActionKind kind, double value) => new Validation().Require(
        double.IsFinite(value) && (kind == CorporateActionKind.Split
            ? value is >= 1 / LargestSplit and <= LargestSplit and not 1
            : value is > 0 and <= LargestDividend),
        "value",
        kind == CorporateActionKind.Split
            ? "New shares for one old share: 4 for 4:1, 0.125 for 1:8."
            : "Cash for a share of that day, above zero.").Problem;
}

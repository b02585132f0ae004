using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.CorporateActions;
using Trading.Data.Jobs;

namespace Trading.ApiService.CorporateActions;

/// <summary>Has the worker ask the providers for all splits and dividends.</summary>
internal static class ActionSyncApi
{
    private const int MostTickers = 500;

    public static void MapActionSync(this IEndpointRouteBuilder routes) => routes.MapPost("/actions/sync", Sync)
        .WithTags("Corporate actions")
        .WithName("SyncCorporateActions")
        .WithSummary("Has the providers asked for all splits and dividends; doing it again changes nothing")
        .RequireAuthorization(Policies.Admin)
        .Produces<ActionSyncResponse>(StatusCodes.Status202Accepted)
        .ProducesProblems(400, 401, 403, 404, 413, 415, 429, 503);

    private static async Task<IResult> Sync(
        ActionSyncRequest request,
        HttpContext context,
        InstrumentDirectory directory,
        NpgsqlDataSource database,
        AuditTrail audit)
    {
        var tickers = new List<string>();
        if (request.Tickers is { Count: > MostTickers })
        {
            return ApiProblem.BadRequest(
                ErrorCodes.TooManyTickers, $"At most {MostTickers} tickers; leave them out for all.");
        }

        foreach (var ticker in request.Tickers ?? [])
        {
            var (instrument, problem) = await CorporateActionsApi.FindAsync(ticker, directory, context.RequestAborted);
            if (instrument is null)
            {
                return problem!;
            }

            tickers.Add(instrument.Ticker);
        }

        var id = Guid.CreateVersion7();
        var payload = JsonSerializer.Serialize(
            new ActionSyncRequest(request.Tickers is null ? null : tickers), ApiJson.Default.ActionSyncRequest);
        await using var connection = await database.OpenConnectionAsync(context.RequestAborted);
        await JobQueue.AddAsync(
            connection,
            new NewJob(id, ActionSyncJob.Kind, payload, context.User.UserId(), tickers.Count, Activity.Current?.Id),
            context.RequestAborted);
        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.CorporateActionChange, AuditOutcome.Success, Subject: "sync"),
            context.RequestAborted);
        return TypedResults.Json(
            new ActionSyncResponse(id), ApiJson.Default.ActionSyncResponse, statusCode: StatusCodes.Status202Accepted);
    }
}

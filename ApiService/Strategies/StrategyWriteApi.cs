using System.Globalization;
using Microsoft.Net.Http.Headers;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Idempotency;
using Trading.Contracts;
using Trading.Data.Strategies;

namespace Trading.ApiService.Strategies;

/// <summary>Writing one's own strategies.</summary>
internal static class StrategyWriteApi
{
    private const int MostStrategies = 200;

    private static ApiProblem Unknown => ApiProblem.NotFound(
        ErrorCodes.NotFound, "You have no strategy of this id; /api/v1/strategies?kind=own lists them.");

    private static ApiProblem Full => new(
        StatusCodes.Status409Conflict,
        ErrorCodes.TooMany,
        $"A strategy has at most {StrategyStore.MostVersions} versions; save it as a new one.");

    private static ApiProblem Outdated => new(
        StatusCodes.Status412PreconditionFailed,
        ErrorCodes.ChangedMeanwhile,
        "The strategy was changed since it was read; read it again, and send If-Match with its new ETag.");

    private static ApiProblem NoRevision => new(
        StatusCodes.Status428PreconditionRequired,
        ErrorCodes.PreconditionRequired,
        "Send If-Match with the ETag of the strategy as it was read, so that no one else's change is lost.");

    public static void MapWriting(this RouteGroupBuilder strategies)
    {
        strategies.MapPost("", Create)
            .WithName("CreateStrategy")
            .WithSummary("A new strategy, private at first; its text must have no errors")
            .WithIdempotency()
            .Produces<StrategyResponse>(StatusCodes.Status201Created)
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        strategies.MapPut("/{id:guid}", Change)
            .WithName("ChangeStrategy")
            .WithSummary("Changes name, description and text; another text becomes another version. Needs If-Match")
            .Produces<StrategyResponse>()
            .ProducesProblems(400, 401, 403, 404, 409, 412, 413, 415, 428, 429, 503);
        strategies.MapDelete("/{id:guid}", Delete)
            .WithName("DeleteStrategy")
            .WithSummary("Removes a strategy with its versions; results of backtests stay")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 404, 429, 503);
        strategies.MapPut("/{id:guid}/visibility", Share)
            .WithName("SetStrategyVisibility")
            .WithSummary("Shares a strategy with every signed-in user, or no more")
            .Produces<StrategyResponse>()
            .ProducesProblems(400, 401, 403, 404, 413, 415, 429, 503);
    }

    private static async Task<IResult> Create(
        StrategyRequest request,
        HttpContext context,
        StrategyStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (StrategyCheck.Validate(request) is { } problem)
        {
            return problem;
        }

        var (user, now) = (context.User.RequiredUserId(), time.GetUtcNow().UtcDateTime);
        var row = new StrategyRow
        {
            Id = Guid.CreateVersion7(),
            OwnerId = user,
            Name = request.Name!.Trim(),
            Description = request.Description?.Trim() ?? "",
            Visibility = StrategyRow.Private,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (!await store.TryAddAsync(row, request.Source!, MostStrategies, cancellationToken))
        {
            return new ApiProblem(
                StatusCodes.Status409Conflict,
                ErrorCodes.TooMany,
                $"An account has at most {MostStrategies} strategies; remove one first.");
        }

        return await AnswerAsync(context, store, user, row.Id, StatusCodes.Status201Created, cancellationToken);
    }

    private static async Task<IResult> Change(
        Guid id,
        StrategyRequest request,
        HttpContext context,
        StrategyStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        if (await store.FindAsync(user, id, null, cancellationToken) is not { Strategy: var row } || row.OwnerId != user)
        {
            return Unknown;
        }

        if (!context.Request.Headers.ContainsKey(HeaderNames.IfMatch))
        {
            return NoRevision;
        }

        if (StrategyCheck.Validate(request) is { } problem)
        {
            return problem;
        }

        var changed = new StrategyRow
        {
            Id = id,
            OwnerId = user,
            Revision = SeenIn(context.Request),
            Name = request.Name!.Trim(),
            Description = request.Description?.Trim() ?? "",
            Visibility = row.Visibility,
            UpdatedAt = time.GetUtcNow().UtcDateTime,
        };
        return await store.ChangeAsync(changed, request.Source!, cancellationToken) switch
        {
            StrategyChange.Done =>
                await AnswerAsync(context, store, user, id, StatusCodes.Status200OK, cancellationToken),
            StrategyChange.Outdated => Outdated,
            StrategyChange.Full => Full,
            _ => Unknown,
        };
    }

    private static async Task<IResult> Delete(
        Guid id, HttpContext context, StrategyStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(context.User.RequiredUserId(), id, cancellationToken))
        {
            return Unknown;
        }

        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.StrategyDelete, AuditOutcome.Success, Subject: id.ToString()),
            cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Share(
        Guid id,
        StrategyVisibilityRequest request,
        HttpContext context,
        StrategyStore store,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        if (await store.FindAsync(user, id, null, cancellationToken) is not { Strategy: var row } || row.OwnerId != user)
        {
            return Unknown;
        }

        var visibility = request.Visibility ?? "";
        var isKnown = visibility is StrategyRow.Private or StrategyRow.Shared;
        if (new Validation().Require(isKnown, "visibility", "private or shared.").Problem is { } problem)
        {
            return problem;
        }

        if (!await store.SetVisibilityAsync(user, id, visibility, time.GetUtcNow().UtcDateTime, cancellationToken))
        {
            return Unknown;
        }

        var details = new Dictionary<string, string> { ["visibility"] = visibility };
        await audit.RecordAsync(
            context,
            new AuditEvent(
                AuditActions.StrategyShare, AuditOutcome.Success, Subject: id.ToString(), Details: details),
            cancellationToken);
        return await AnswerAsync(context, store, user, id, StatusCodes.Status200OK, cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, StrategyStore store, Guid user, Guid id, int status, CancellationToken cancellationToken) =>
        await store.FindAsync(user, id, null, cancellationToken) is { } stored
            ? StrategyReadApi.Answer(context, StrategyText.Describe(stored, user), status)
            : Unknown;

    /// <summary>The revision that the caller has read; none that there is where the header is of something else.</summary>
    private static int SeenIn(HttpRequest request) =>
        int.TryParse(
            request.Headers.IfMatch.ToString().Trim('"'),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var revision)
            ? revision
            : 0;
}

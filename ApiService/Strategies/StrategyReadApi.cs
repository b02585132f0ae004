using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Strategies;
using Trading.Domain.Strategies.BuiltIn;

namespace Trading.ApiService.Strategies;

/// <summary>Reading strategies: one's own, those that others share, and built-in ones.</summary>
internal static class StrategyReadApi
{
    private static readonly PageLimit _limit = new(Default: 50, Max: 200);
    private static readonly DateTime _builtIn = DateTime.UnixEpoch;

    public static ApiProblem Unknown => ApiProblem.NotFound(
        ErrorCodes.NotFound, "There is no strategy of this id that you may read; /api/v1/strategies lists them.");

    private static ApiProblem UnknownVersion => ApiProblem.NotFound(
        ErrorCodes.NotFound, "The strategy has no such version; /api/v1/strategies/{id}/versions lists them.");

    public static void MapReading(this RouteGroupBuilder strategies)
    {
        strategies.MapGet("", List)
            .WithName("ListStrategies")
            .WithSummary("One's own strategies, then those that others share, then built-in ones; each newest first")
            .Produces<Page<StrategySummaryResponse>>()
            .ProducesProblems(400, 401, 403, 429, 503);
        strategies.MapGet("/{id}", Find)
            .WithName("GetStrategy")
            .WithSummary("One strategy with its newest text; built-in ones by name")
            .Produces<StrategyResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
        strategies.MapGet("/{id}/versions", ListVersions)
            .WithName("ListStrategyVersions")
            .WithSummary("Every text that a strategy had, newest first")
            .Produces<Page<StrategyVersionResponse>>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
        strategies.MapGet("/{id}/versions/{version:int}", FindVersion)
            .WithName("GetStrategyVersion")
            .WithSummary("One text of a strategy")
            .Produces<StrategyVersionResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
    }

    /// <summary>Says which revision was read, for <c>If-Match</c>.</summary>
    public static IResult Answer(HttpContext context, StrategyResponse strategy, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ETag = $"\"{strategy.Revision.ToString(CultureInfo.InvariantCulture)}\"";
        return TypedResults.Json(strategy, ApiJson.Default, statusCode: status);
    }

    private static async Task<IResult> List(
        [FromQuery, Description("own, shared or built_in; all if not given.")] string? kind,
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Strategies on a page: 1 to 200, 50 if not given.")] string? limit,
        HttpContext context,
        StrategyLibrary library,
        CancellationToken cancellationToken)
    {
        var problems = new QueryProblems();
        problems.Add(nameof(limit), _limit.Read(limit, out var count));
        problems.Add(nameof(kind), kind is null || StrategyKinds.All.Contains(kind)
            ? null
            : ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "kind is own, shared or built_in."));
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        var (list, after) = ($"strategies|{kind}", string.Empty);
        if (cursor is not null && !Cursor.TryRead(list, cursor, out after))
        {
            return ApiProblem.InvalidCursor();
        }

        var found = await library.ListAsync(
            context.User.RequiredUserId(), kind, cursor is null ? null : after, count + 1, cancellationToken);
        var page = found.Take(count).ToArray();
        return TypedResults.Json(
            new Page<StrategySummaryResponse>(
                page, found.Count > count ? Cursor.After(list, StrategyLibrary.KeyOf(page[^1])) : null),
            ApiJson.Default);
    }

    private static async Task<IResult> Find(
        string id, HttpContext context, StrategyStore store, CancellationToken cancellationToken)
    {
        if (StrategyCatalog.TryFind(id, out var builtIn))
        {
            return Answer(context, StrategyText.Describe(builtIn));
        }

        var user = context.User.RequiredUserId();
        return Guid.TryParse(id, out var key)
            && await store.FindAsync(user, key, null, cancellationToken) is { } stored
                ? Answer(context, StrategyText.Describe(stored, user))
                : Unknown;
    }

    private static async Task<IResult> ListVersions(
        string id,
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Versions on a page: 1 to 200, 50 if not given.")] string? limit,
        HttpContext context,
        StrategyStore store,
        CancellationToken cancellationToken)
    {
        if (_limit.Read(limit, out var count) is { } problem)
        {
            return problem;
        }

        var list = $"strategy_versions|{id}";
        if (!TryReadCursor(list, cursor, out var before))
        {
            return ApiProblem.InvalidCursor();
        }

        if (StrategyCatalog.TryFind(id, out var builtIn))
        {
            return TypedResults.Json(new Page<StrategyVersionResponse>(VersionsOf(builtIn), null), ApiJson.Default);
        }

        var found = Guid.TryParse(id, out var key)
            ? await store.ListVersionsAsync(
                context.User.RequiredUserId(), key, before, count + 1, cancellationToken)
            : null;
        if (found is null)
        {
            return Unknown;
        }

        var page = found.Take(count).Select(Describe).ToArray();
        var next = found.Count > count
            ? Cursor.After(list, page[^1].Version.ToString(CultureInfo.InvariantCulture))
            : null;
        return TypedResults.Json(new Page<StrategyVersionResponse>(page, next), ApiJson.Default);
    }

    private static async Task<IResult> FindVersion(
        string id, int version, HttpContext context, StrategyStore store, CancellationToken cancellationToken)
    {
        if (StrategyCatalog.TryFind(id, out var builtIn))
        {
            return VersionsOf(builtIn) is [var text] && version == text.Version
                ? TypedResults.Json(text, ApiJson.Default)
                : UnknownVersion;
        }

        var user = context.User.RequiredUserId();
        return Guid.TryParse(id, out var key)
            && await store.FindAsync(user, key, version, cancellationToken) is { } stored
                ? TypedResults.Json(Describe(stored.Version), ApiJson.Default)
                : UnknownVersion;
    }

    private static bool TryReadCursor(string list, string? cursor, out int? before)
    {
        before = null;
        if (cursor is null)
        {
            return true;
        }

        var isRead = Cursor.TryRead(list, cursor, out var text)
            & int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        before = number;
        return isRead;
    }

    private static StrategyVersionResponse[] VersionsOf(BuiltInStrategy builtIn) =>
        builtIn.Source is { } source ? [new(1, source, _builtIn)] : [];

    private static StrategyVersionResponse Describe(StrategyVersionRow row) => new(row.Number, row.Source, row.CreatedAt);
}

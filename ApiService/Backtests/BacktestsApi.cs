using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Idempotency;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Data.Jobs;
using Trading.Domain.Risk;

namespace Trading.ApiService.Backtests;

/// <summary>Backtests: starting them, and what has become of them.</summary>
internal static class BacktestsApi
{
    private const int MostDays = 3650;
    private const int DefaultDays = 365;
    private const string DefaultStrategy = "ma_cross";
    private static readonly PageLimit _limit = new(Default: 50, Max: 200);

    public static ApiProblem Unknown => ApiProblem.NotFound(
        ErrorCodes.NotFound, "You have no backtest of this id; /api/v1/backtests lists them.");

    public static void MapStarting(this RouteGroupBuilder backtests, RouteGroupBuilder shortForm)
    {
        backtests.MapPost("", Start)
            .WithName("StartBacktest")
            .WithSummary("Runs a small backtest at once (201), queues a long one (202)")
            .WithIdempotency()
            .Produces<BacktestResponse>(StatusCodes.Status201Created)
            .Produces<BacktestResponse>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 401, 403, 409, 413, 415, 422, 429, 503);
        shortForm.MapPost("/run", Run)
            .WithName("RunBacktest")
            .WithSummary("Runs a built-in strategy over the last days of one instrument")
            .WithIdempotency()
            .Produces<BacktestResponse>(StatusCodes.Status201Created)
            .Produces<BacktestResponse>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 401, 403, 409, 422, 429, 503);
    }

    public static void MapReading(this RouteGroupBuilder backtests)
    {
        backtests.MapGet("", List)
            .WithName("ListBacktests")
            .WithSummary("One's own backtests, newest first, a page at a time")
            .Produces<Page<BacktestSummaryResponse>>()
            .ProducesProblems(400, 401, 403, 429, 503);
        backtests.MapGet("/{id:guid}", Find)
            .WithName("GetBacktest")
            .WithSummary("A backtest: how far it is, and its result")
            .Produces<BacktestResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
        backtests.MapGet("/compare", Compare)
            .WithName("CompareBacktests")
            .WithSummary("2 to 10 backtests with their results, in the order asked for")
            .Produces<IReadOnlyList<BacktestResponse>>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
        backtests.MapGet("/definitions", Definitions)
            .WithName("ListMetricDefinitions")
            .WithSummary("What every figure of a backtest means")
            .Produces<IReadOnlyList<MetricDefinitionResponse>>()
            .ProducesProblems(401, 403, 429);
    }

    public static void MapEnding(this RouteGroupBuilder backtests)
    {
        backtests.MapPost("/{id:guid}/cancel", Cancel)
            .WithName("CancelBacktest")
            .WithSummary("Ends a backtest that waits or runs, within a second")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblems(401, 403, 404, 409, 429, 503);
        backtests.MapDelete("/{id:guid}", Delete)
            .WithName("DeleteBacktest")
            .WithSummary("Removes a backtest with its result; one that runs ends")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 404, 429, 503);
    }

    private static Task<IResult> Start(
        BacktestRequest request, HttpContext context, BacktestDesk desk, CancellationToken cancellationToken) =>
        desk.StartAsync(context, request, cancellationToken);

    private static Task<IResult> Run(
        [FromQuery, Description("The instrument's ticker; pairs may be written BTC/USDT, BTC-USDT or BTCUSDT.")] string? symbol,
        [FromQuery, Description("How many days back: 1 to 3650, 365 if not given.")] string? days,
        [FromQuery, Description("A built-in strategy; ma_cross if not given.")] string? strategy,
        HttpContext context,
        BacktestDesk desk,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var count = DefaultDays;
        var problems = new QueryProblems();
        problems.Add(nameof(days), days is null
            || (int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= MostDays)
                ? null
                : ApiProblem.BadRequest(ErrorCodes.InvalidParameter, $"days is a number from 1 to {MostDays}."));
        problems.Add(nameof(symbol), string.IsNullOrWhiteSpace(symbol)
            ? ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "symbol is the instrument's ticker, such as BTC/USDT.")
            : null);
        if (problems.Problem is { } problem)
        {
            return Task.FromResult<IResult>(problem);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var request = new BacktestRequest
        {
            Strategy = strategy ?? DefaultStrategy,
            Instruments = [symbol!],
            From = today.AddDays(-count).ToString("O", CultureInfo.InvariantCulture),
            To = today.ToString("O", CultureInfo.InvariantCulture),
        };
        return desk.StartAsync(context, request, cancellationToken);
    }

    private static async Task<IResult> List(
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Backtests on a page: 1 to 200, 50 if not given.")] string? limit,
        HttpContext context,
        BacktestStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (_limit.Read(limit, out var count) is { } problem)
        {
            return problem;
        }

        var user = context.User.RequiredUserId();
        var list = $"backtests|{user}";
        if (!Cursor.TryReadId(list, cursor, out var before))
        {
            return ApiProblem.InvalidCursor();
        }

        var rows = await store.ListAsync(user, before, count + 1, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var page = rows.Take(count).Select(row => BacktestBody.Describe(row, now)).ToArray();
        return TypedResults.Json(
            new Page<BacktestSummaryResponse>(
                page, rows.Count > count ? Cursor.After(list, page[^1].Id.ToString()) : null),
            ApiJson.Default);
    }

    private static async Task<IResult> Find(
        Guid id, HttpContext context, BacktestStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        if (await store.FindAsync(user, [id], cancellationToken) is not [var row])
        {
            return Unknown;
        }

        var result = row.State == JobState.Succeeded
            ? await store.ReadAsync(user, id, BacktestPart.Result, cancellationToken)
            : null;
        return BacktestBody.Of(row, time.GetUtcNow().UtcDateTime, result, StatusCodes.Status200OK);
    }

    private static async Task<IResult> Compare(
        [FromQuery, Description("2 to 10 ids, parted by commas.")] string? ids,
        HttpContext context,
        BacktestStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var asked = (ids ?? "").Split(',', StringSplitOptions.TrimEntries);
        var known = asked.Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Distinct().ToArray();
        if (known.Length is < 2 or > 10 || known.Contains(Guid.Empty))
        {
            return ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "ids names 2 to 10 backtests, parted by commas.");
        }

        var user = context.User.RequiredUserId();
        var rows = (await store.FindAsync(user, known, cancellationToken)).ToDictionary(row => row.Id);
        return rows.Count < known.Length
            ? Unknown
            : await CompareAsync([.. known.Select(id => rows[id])], user, store, time, cancellationToken);
    }

    private static async Task<IResult> CompareAsync(
        BacktestRow[] rows, Guid user, BacktestStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var row in rows)
        {
            buffer.Write(buffer.WrittenCount == 0 ? "["u8 : ","u8);
            var result = await store.ReadAsync(user, row.Id, BacktestPart.Result, cancellationToken);
            BacktestBody.Write(buffer, row, now, result);
        }

        buffer.Write("]"u8);
        return new JsonBytes(buffer.WrittenMemory);
    }

    private static JsonHttpResult<IReadOnlyList<MetricDefinitionResponse>> Definitions() => TypedResults.Json<IReadOnlyList<MetricDefinitionResponse>>(
        [.. MetricDefinitions.All.Select(definition => new MetricDefinitionResponse(
            definition.Name, definition.Title, definition.Unit.ToString().ToLowerInvariant(), definition.Formula))],
        ApiJson.Default);

    private static async Task<IResult> Cancel(
        Guid id,
        HttpContext context,
        BacktestStore store,
        JobQueue queue,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        var user = context.User.RequiredUserId();
        if (await queue.CancelAsync(user, id, cancellationToken))
        {
            audit.Record(context, new AuditEvent(
                AuditActions.BacktestCancel, AuditOutcome.Success, Subject: id.ToString()));
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }

        return await store.FindAsync(user, [id], cancellationToken) is []
            ? Unknown
            : new ApiProblem(
                StatusCodes.Status409Conflict, ErrorCodes.NotRunning, "The backtest is over; nothing is left to cancel.");
    }

    private static async Task<IResult> Delete(
        Guid id, HttpContext context, BacktestStore store, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(context.User.RequiredUserId(), id, cancellationToken))
        {
            return Unknown;
        }

        audit.Record(context, new AuditEvent(
            AuditActions.BacktestDelete, AuditOutcome.Success, Subject: id.ToString()));
        return TypedResults.NoContent();
    }
}

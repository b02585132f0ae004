using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Data.Jobs;

namespace Trading.ApiService.Backtests;

/// <summary>The long columns of a result, and all of it as a file.</summary>
internal static class ResultParts
{
    private static readonly PageLimit _limit = new(Default: 500, Max: 5000);

    private static ApiProblem NoResult => ApiProblem.NotFound(
        ErrorCodes.NotFound, "You have no backtest of this id that has succeeded; /api/v1/backtests lists them.");

    public static void MapResultParts(this RouteGroupBuilder backtests)
    {
        backtests.MapGet("/{id:guid}/equity", Equity)
            .WithName("GetBacktestEquity")
            .WithSummary("What the account was worth at the close of every bar")
            .Produces<EquityResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
        backtests.MapGet("/{id:guid}/trades", Trades)
            .WithName("ListBacktestTrades")
            .WithSummary("The trades by their exit, a page at a time")
            .Produces<Page<TradeResponse>>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
        backtests.MapGet("/{id:guid}/export", Export)
            .WithName("ExportBacktest")
            .WithSummary("All of a result as JSON, or its trades, equity or trials as CSV")
            .WithDescription("Times are UTC, numbers in full precision. A text that a spreadsheet would take for a formula"
                + " starts with an apostrophe.")
            .LimitedBy(LimitPolicies.Exports)
            .Produces<string>(StatusCodes.Status200OK, "text/csv", "application/json")
            .ProducesProblems(400, 401, 403, 404, 429, 503);
    }

    private static async Task<IResult> Equity(
        Guid id, HttpContext context, BacktestStore store, CancellationToken cancellationToken) =>
        await store.ReadAsync(context.User.RequiredUserId(), id, BacktestPart.Equity, cancellationToken) is { } equity
            ? new JsonBytes(CompressedJson.Read(equity))
            : NoResult;

    private static async Task<IResult> Trades(
        Guid id,
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Trades on a page: 1 to 5000, 500 if not given.")] string? limit,
        HttpContext context,
        BacktestStore store,
        CancellationToken cancellationToken)
    {
        if (_limit.Read(limit, out var count) is { } problem)
        {
            return problem;
        }

        var (list, start) = ($"trades|{id}", 0);
        if (cursor is not null
            && (!Cursor.TryRead(list, cursor, out var text)
                || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out start)))
        {
            return ApiProblem.InvalidCursor();
        }

        return await store.ReadAsync(context.User.RequiredUserId(), id, BacktestPart.Trades, cancellationToken)
            is { } trades
                ? Page(CompressedJson.Read(trades), list, start, count)
                : NoResult;
    }

    private static JsonBytes Page(byte[] trades, string list, int start, int count)
    {
        using var document = JsonDocument.Parse(trades);
        var total = document.RootElement.GetArrayLength();
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (var trade in document.RootElement.EnumerateArray().Skip(start).Take(count))
        {
            trade.WriteTo(json);
        }

        json.WriteEndArray();
        var next = start + count < total
            ? Cursor.After(list, (start + count).ToString(CultureInfo.InvariantCulture))
            : null;
        json.WriteString("next_cursor"u8, next);
        json.WriteEndObject();
        json.Flush();
        return new JsonBytes(buffer.WrittenMemory);
    }

    private static async Task<IResult> Export(
        Guid id,
        [FromQuery, Description("json or csv; json if not given.")] string? format,
        [FromQuery, Description("What a CSV has: trades, equity or trials; trades if not given.")] string? part,
        HttpContext context,
        BacktestStore store,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var problems = new QueryProblems();
        problems.Add(nameof(format), format is null or "json" or "csv"
            ? null
            : ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "format is json or csv."));
        problems.Add(nameof(part), part is null or "trades" or "equity" or "trials"
            ? null
            : ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "part is trades, equity or trials."));
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        var user = context.User.RequiredUserId();
        if (await store.FindAsync(user, [id], cancellationToken) is not [{ State: JobState.Succeeded } row])
        {
            return NoResult;
        }

        async Task<byte[]> ReadAsync(BacktestPart which) =>
            await store.ReadAsync(user, id, which, cancellationToken) ?? [];
        return format == "csv"
            ? await CsvAsync(id, part ?? "trades", ReadAsync)
            : await JsonAsync(row, time.GetUtcNow().UtcDateTime, ReadAsync);
    }

    private static async Task<IResult> CsvAsync(Guid id, string part, Func<BacktestPart, Task<byte[]>> read)
    {
        using var document = JsonDocument.Parse(CompressedJson.Read(await read(part switch
        {
            "equity" => BacktestPart.Equity,
            "trials" => BacktestPart.Result,
            _ => BacktestPart.Trades,
        })));
        var text = part switch
        {
            "equity" => ResultCsv.Equity(document.RootElement),
            "trials" => ResultCsv.Trials(document.RootElement),
            _ => ResultCsv.Trades(document.RootElement),
        };
        return TypedResults.File(
            System.Text.Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8", $"backtest_{id}_{part}.csv");
    }

    private static async Task<IResult> JsonAsync(
        BacktestRow row, DateTime now, Func<BacktestPart, Task<byte[]>> read)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("{\"backtest\":"u8);
        BacktestBody.Write(buffer, row, now, await read(BacktestPart.Result));
        buffer.Write(",\"equity\":"u8);
        buffer.Write(CompressedJson.Read(await read(BacktestPart.Equity)));
        buffer.Write(",\"trades\":"u8);
        buffer.Write(CompressedJson.Read(await read(BacktestPart.Trades)));
        buffer.Write("}"u8);
        return new JsonBytes(buffer.WrittenMemory) { FileName = $"backtest_{row.Id}.json" };
    }
}

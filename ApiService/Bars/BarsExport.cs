using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.ApiService.Limits;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.ApiService.Bars;

/// <summary>All bars of a range as one file, written as they are read.</summary>
internal static class BarsExport
{
    private const string Batch = "10000";
    private const int RowsAtOnce = 500;

    public static void MapBarsExport(this IEndpointRouteBuilder bars) => bars.MapGet("/{ticker}/export", Export)
        .WithName("ExportBars")
        .WithSummary("All bars of a range as CSV")
        .WithDescription("Times are UTC, prices in full precision. A text that a spreadsheet would take for a formula"
            + " starts with an apostrophe.")
        .LimitedBy(LimitPolicies.Exports)
        .Produces<string>(StatusCodes.Status200OK, "text/csv")
        .ProducesProblems(400, 404, 429, 503);

    private static async Task Export(
        string ticker,
        [FromQuery, Description("1m, 5m, 15m, 1h or 1d; 1d if not given.")] string? interval,
        [FromQuery, Description("First session (2018-02-07) or instant (2018-02-07T21:00:00Z).")] string? from,
        [FromQuery, Description("Last session, itself included, or instant.")] string? to,
        [FromQuery, Description("none, split or total (splits and dividends); none if not given.")] string? adjust,
        HttpContext context,
        InstrumentDirectory directory,
        AdjustedBars store)
    {
        if (!TickerText.TryRead(ticker, out var known))
        {
            await ApiProblem.InvalidTicker().ExecuteAsync(context);
        }
        else if (await directory.FindAsync(known, context.RequestAborted) is not { } instrument)
        {
            await ApiProblem.UnknownTicker(known).ExecuteAsync(context);
        }
        else if (BarRequest.Read(new BarParameters(interval, from, to, null, Batch, adjust), instrument, out var request)
            is { } problem)
        {
            await problem.ExecuteAsync(context);
        }
        else
        {
            await WriteAsync(context, instrument, request, store);
        }
    }

    private static async Task WriteAsync(
        HttpContext context, Instrument instrument, BarRequest request, AdjustedBars store)
    {
        // Read before the answer begins: a store that is away is a 503, and not half a file.
        var bars = await store.ReadAsync(instrument, request, context.RequestAborted);
        var response = context.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName(instrument, request)}\"";
        using var text = new StringWriter();
        var csv = new Csv(text).Header("ticker", "time", "open", "high", "low", "close", "volume", "synthetic");
        while (bars.Count > 0)
        {
            foreach (var part in bars.Chunk(RowsAtOnce))
            {
                Write(csv, instrument.Ticker, part);
                await response.WriteAsync(text.ToString(), context.RequestAborted);
                text.GetStringBuilder().Clear();
            }

            request = request with { After = bars[^1].Bar.Time };
            bars = bars.Count < request.Limit
                ? []
                : await store.ReadAsync(instrument, request, context.RequestAborted);
        }

        await response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private static void Write(Csv csv, string ticker, IEnumerable<StoredBar> bars)
    {
        foreach (var (bar, source) in bars)
        {
            csv.Text(ticker).Time(bar.Time)
                .Number(bar.Open).Number(bar.High).Number(bar.Low).Number(bar.Close).Number(bar.Volume)
                .Flag(source.IsSynthetic()).EndRow();
        }
    }

    private static string FileName(Instrument instrument, BarRequest request) =>
        string.Concat(instrument.Ticker.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))
        + $"_{request.Interval.Code}.csv";
}

using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Domain.Market;

namespace Trading.ApiService.Bars;

/// <summary>Bars of several instruments in one answer.</summary>
internal static class BarBatchApi
{
    public static void MapBarBatch(this IEndpointRouteBuilder bars) => bars.MapGet("", Get)
        .WithName("GetBarBatch")
        .WithSummary("Bars of up to 100 instruments, a page at a time")
        .WithDescription("The page takes the instruments in the order asked for, one after the other, each oldest bar "
            + "first; `limit` counts the bars of all. One unknown ticker fails the whole, and `tickers` of the problem "
            + "names it. Dates are sessions of each instrument's own exchange.")
        .Produces<BarBatchResponse>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblems(400, 404, 429, 503);

    private static async Task<IResult> Get(
        [FromQuery, Description("1 to 100 tickers, parted by commas.")] string? tickers,
        [AsParameters] BarParameters asked,
        HttpContext context,
        InstrumentDirectory directory,
        AdjustedBars store,
        TimeProvider time)
    {
        if (BarBatch.ReadTickers(tickers, out var known) is { } unreadable)
        {
            return unreadable;
        }

        var (instruments, strangers) = await FindAsync(known, directory, context.RequestAborted);
        if (strangers.Count > 0)
        {
            return ApiProblem.UnknownTickers(strangers);
        }

        if (BarBatch.Read(asked, instruments, out var batch) is { } problem)
        {
            return problem;
        }

        await batch.FillAsync(store, context.RequestAborted);
        return BarVersion.Answer(context, batch.Bars, batch.Limit, batch.To < time.GetUtcNow().UtcDateTime)
            ?? TypedResults.Json(batch.Answer(), ApiJson.Default);
    }

    private static async Task<(List<Instrument> Found, List<string> Strangers)> FindAsync(
        IReadOnlyList<string> tickers, InstrumentDirectory directory, CancellationToken cancellationToken)
    {
        var (found, strangers) = (new List<Instrument>(tickers.Count), new List<string>());
        foreach (var ticker in tickers)
        {
            if (await directory.FindAsync(ticker, cancellationToken) is { } instrument)
            {
                found.Add(instrument);
            }
            else
            {
                strangers.Add(ticker);
            }
        }

        return (found, strangers);
    }
}

using Trading.ApiService.Caching;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Bars;
using Trading.Domain.Market;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Bars;

/// <summary>Open, high, low, close and volume over time.</summary>
internal static class BarsApi
{
    public static void MapBars(this IEndpointRouteBuilder routes)
    {
        var bars = routes.MapGroup("/bars").WithTags("Bars").AllowAnonymous().IsPublicRead();
        bars.MapGet("/{ticker}", Get)
            .WithName("GetBars")
            .WithSummary("Bars of an instrument, oldest first, a page at a time")
            .WithDescription("`time` is the close of a bar, UTC. Dates are sessions of the instrument's exchange, both "
                + "included. Prices are as stored, mostly as traded; `adjust=split` makes those before a split comparable "
                + "with those after it, `adjust=total` those before a dividend too.")
            .Cached(CacheKinds.Bars, BarVersion.TagsOf)
            .Produces<Page<BarResponse>>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 404, 429, 503);
        bars.MapBarBatch();
        bars.MapBarsExport();
    }

    private static async Task<IResult> Get(
        string ticker,
        [AsParameters] BarParameters asked,
        HttpContext context,
        InstrumentDirectory directory,
        AdjustedBars store,
        TimeProvider time)
    {
        if (!TickerText.TryRead(ticker, out var known))
        {
            return ApiProblem.InvalidTicker();
        }

        if (await directory.FindAsync(known, context.RequestAborted) is not { } instrument)
        {
            return ApiProblem.UnknownTicker(known);
        }

        if (BarRequest.Read(asked, instrument, out var request) is { } problem)
        {
            return problem;
        }

        var bars = await store.ReadAsync(
            instrument, request with { Limit = request.Limit + 1 }, context.RequestAborted);
        var isPast = request.To < time.GetUtcNow().UtcDateTime;
        return BarVersion.Answer(context, bars, request.Limit, isPast)
            ?? TypedResults.Json(PageOf(bars, request), ApiJson.Default);
    }

    private static Page<BarResponse> PageOf(IReadOnlyList<StoredBar> bars, BarRequest request)
    {
        var page = bars.Take(request.Limit).Select(Describe).ToArray();
        return new Page<BarResponse>(
            page, bars.Count > request.Limit ? request.CursorAfter(bars[request.Limit - 1].Bar) : null);
    }

    internal static BarResponse Describe(StoredBar stored)
    {
        var bar = stored.Bar;
        return new BarResponse(
            bar.Time, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, stored.Source.IsSynthetic());
    }
}

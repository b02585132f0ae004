using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Performance;

namespace Trading.ApiService.Instruments;

/// <summary>How instruments did in their newest session, from the read model.</summary>
internal static class PerformanceApi
{
    private const string ByTicker = "ticker";
    private static readonly TimeSpan _maxAge = TimeSpan.FromSeconds(10);
    private static readonly PageLimit _limit = new(Default: 100, Max: 500);

    public static void MapPerformance(this RouteGroupBuilder instruments) => instruments.MapGet("/performance", List)
        .WithName("ListPerformance")
        .WithSummary("Change of the newest session and means of the last 20, by ticker, or the largest rises or falls")
        .Produces<Page<PerformanceResponse>>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblems(400, 429, 503);

    private static async Task<IResult> List(
        [FromQuery, Description("ISO 3166-1 alpha-2 code, such as US.")] string? country,
        [FromQuery, Description("GICS sector, such as Energy.")] string? sector,
        [FromQuery, Description("ticker, gainers or losers; ticker if not given.")] string? order,
        [FromQuery, Description("next_cursor of the page before; by ticker only.")] string? cursor,
        [FromQuery, Description("Instruments on a page: 1 to 500, 100 if not given.")] string? limit,
        PerformanceStore performance,
        CancellationToken cancellationToken)
    {
        country = country?.ToUpperInvariant();
        var problems = new QueryProblems();
        problems.Add(nameof(country), InstrumentsApi.Check(country));
        problems.Add(nameof(sector), InstrumentsApi.Check(sector));
        problems.Add(nameof(limit), _limit.Read(limit, out var count));
        problems.Add(nameof(order), TryReadOrder(order, out var sorted)
            ? null
            : ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "order is ticker, gainers or losers."));
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        var list = $"performance|{country}|{sector}";
        string? after = null;
        if (cursor is not null && (sorted != PerformanceOrder.Ticker || !Cursor.TryRead(list, cursor, out after)))
        {
            return ApiProblem.InvalidCursor();
        }

        var found = await performance.ReadAsync(
            new PerformanceQuery(country, sector, sorted, after, count + 1), cancellationToken);
        var page = found.Take(count).Select(Describe).ToArray();
        var isMore = found.Count > count && sorted == PerformanceOrder.Ticker;
        return new Cacheable<Page<PerformanceResponse>>(
            new(page, isMore ? Cursor.After(list, page[^1].Ticker) : null),
            ApiJson.Default.PagePerformanceResponse,
            _maxAge);
    }

    private static bool TryReadOrder(string? order, out PerformanceOrder sorted)
    {
        (var isKnown, sorted) = order switch
        {
            null or ByTicker => (true, PerformanceOrder.Ticker),
            "gainers" => (true, PerformanceOrder.Gainers),
            "losers" => (true, PerformanceOrder.Losers),
            _ => (false, PerformanceOrder.Ticker),
        };
        return isKnown;
    }

    private static PerformanceResponse Describe(InstrumentPerformance one) => new(
        one.Ticker,
        one.Name,
        one.Country,
        one.Sector,
        one.Currency,
        one.Exchange,
        new SessionDates(one.Exchange).SessionOf(one.Time),
        one.Close,
        one.PreviousClose,
        one.Close - one.PreviousClose,
        one.PreviousClose > 0 ? ((one.Close / one.PreviousClose) - 1) * 100 : null,
        one.MeanClose,
        one.MeanVolume,
        one.Volume,
        one.Synthetic);
}

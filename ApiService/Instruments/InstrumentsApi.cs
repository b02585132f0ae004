using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Caching;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Bars;
using Trading.Data.Instruments;
using Trading.Domain.Market;
using Trading.ServiceDefaults.Cache;
using StoreQuery = Trading.Data.Instruments.InstrumentQuery;

namespace Trading.ApiService.Instruments;

/// <summary>What can be quoted and charted.</summary>
internal static class InstrumentsApi
{
    private const int LongestText = 100;

    // What is listed changes by an import only.
    private static readonly TimeSpan _maxAge = TimeSpan.FromMinutes(1);

    private static readonly PageLimit _limit = new(Default: 100, Max: 500);

    public static void MapInstruments(this IEndpointRouteBuilder routes)
    {
        var instruments = routes.MapGroup("/instruments").WithTags("Instruments").AllowAnonymous().IsPublicRead();
        instruments.MapGet("", List)
            .WithName("ListInstruments")
            .WithSummary("Instruments by ticker, a page at a time")
            .Cached(CacheKinds.Countries, CacheTags.Instruments, warm: true)
            .Produces<Page<InstrumentResponse>>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 429, 503);
        instruments.MapPerformance();
        instruments.MapGet("/{ticker}", Get)
            .WithName("GetInstrument")
            .WithSummary("One instrument")
            .Cached(CacheKinds.Countries, CacheTags.Instruments)
            .Produces<InstrumentResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 404, 429, 503);
    }

    private static async Task<IResult> List(
        [FromQuery, Description("Part of the ticker or of the name, in any case.")] string? search,
        [FromQuery, Description("ISO 3166-1 alpha-2 code, such as US.")] string? country,
        [FromQuery, Description("GICS sector, such as Energy.")] string? sector,
        [FromQuery, Description("next_cursor of the page before.")] string? cursor,
        [FromQuery, Description("Instruments on a page: 1 to 500, 100 if not given.")] string? limit,
        InstrumentStore instruments,
        SessionRangeStore sessions,
        CancellationToken cancellationToken)
    {
        country = country?.ToUpperInvariant();
        var list = $"instruments|{search}|{country}|{sector}";
        var after = string.Empty;
        var problems = new QueryProblems();
        problems.Add(nameof(search), Check(search));
        problems.Add(nameof(country), Check(country));
        problems.Add(nameof(sector), Check(sector));
        problems.Add(nameof(limit), _limit.Read(limit, out var count));
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        if (cursor is not null && !Cursor.TryRead(list, cursor, out after))
        {
            return ApiProblem.InvalidCursor();
        }

        var query = new StoreQuery(search, country, sector, after.Length == 0 ? null : after, count + 1);
        var found = await instruments.SearchAsync(query, cancellationToken);
        var page = await DescribeAsync([.. found.Take(count)], sessions, cancellationToken);
        var next = found.Count > count ? Cursor.After(list, page[^1].Ticker) : null;
        return Json(new Page<InstrumentResponse>(page, next), ApiJson.Default.PageInstrumentResponse);
    }

    private static async Task<IResult> Get(
        string ticker, InstrumentDirectory directory, SessionRangeStore sessions, CancellationToken cancellationToken)
    {
        if (!TickerText.TryRead(ticker, out var known))
        {
            return ApiProblem.InvalidTicker();
        }

        return await directory.FindAsync(known, cancellationToken) is { } instrument
            ? Json(
                (await DescribeAsync([instrument], sessions, cancellationToken))[0], ApiJson.Default.InstrumentResponse)
            : ApiProblem.UnknownTicker(known);
    }

    private static async Task<IReadOnlyList<InstrumentResponse>> DescribeAsync(
        IReadOnlyList<Instrument> instruments, SessionRangeStore sessions, CancellationToken cancellationToken)
    {
        var ranges = await sessions.ReadAsync([.. instruments.Select(instrument => instrument.Id)], cancellationToken);
        return [.. instruments.Select(instrument => Describe(
            instrument, ranges.TryGetValue(instrument.Id, out var range) ? range : null))];
    }

    private static InstrumentResponse Describe(Instrument instrument, SessionRange? range)
    {
        var sessions = new SessionDates(instrument.Exchange);
        return new InstrumentResponse(
            instrument.Ticker,
            instrument.Name,
            instrument.Country,
            instrument.Sector,
            instrument.Currency,
            instrument.Exchange,
            instrument.Synthetic,
            range is { } first ? sessions.SessionOf(first.First) : null,
            range is { } last ? sessions.SessionOf(last.Last) : null);
    }

    internal static ApiProblem? Check(string? text) =>
        text is null || (text.Length <= LongestText && !text.Any(char.IsControl)) ? null : ApiProblem.BadRequest(
            ErrorCodes.InvalidParameter, $"A filter has at most {LongestText} printable characters.");

    private static Cacheable<T> Json<T>(T body, JsonTypeInfo<T> type) => new(body, type, _maxAge);
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Auth;
using Trading.ApiService.Caching;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Data.Signals;
using Trading.Domain.Market;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Signals;

/// <summary>Signals, what became of them, and anomalies.</summary>
internal static class SignalsApi
{
    private static readonly TimeSpan _age = TimeSpan.FromSeconds(5);

    public static void MapSignals(this IEndpointRouteBuilder routes)
    {
        var signals = routes.MapGroup("/signals").WithTags("Signals")
            .RequireAuthorization(Policies.Viewer).OpenToKeys(Scopes.SignalsRead);
        signals.MapGet("/latest", Latest)
            .WithName("GetLatestSignals")
            .WithSummary("The active signal of every instrument that has one, by ticker")
            .Cached(CacheKinds.Signals, CacheTags.Signals, warm: true)
            .Produces<IReadOnlyList<SignalResponse>>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 401, 403, 429, 503);
        signals.MapGet("", Search)
            .WithName("ListSignals")
            .WithSummary("Signals, newest first, a page at a time")
            .Cached(CacheKinds.Signals, CacheTags.Signals)
            .Produces<Page<SignalResponse>>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
        signals.MapSignalsExport();
        signals.MapGet("/performance-showcase", Showcase)
            .WithName("GetSignalShowcase")
            .WithSummary("What became of all signals that have ended, the losers too")
            .Cached(CacheKinds.Analyses, CacheTags.Signals, warm: true)
            .Produces<SignalShowcaseResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 401, 403, 429, 503);
        signals.MapGet("/calibration", Calibration)
            .WithName("GetSignalCalibration")
            .WithSummary("How confidences come about, and how right they were")
            .Cached(CacheKinds.Analyses, CacheTags.Signals, warm: true)
            .Produces<SignalCalibrationResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 401, 403, 429, 503);
        signals.MapGet("/anomalies", Anomalies)
            .WithName("ListAnomalies")
            .WithSummary("Bars beyond 4 robust deviations, newest first, a page at a time")
            .Cached(CacheKinds.Signals, CacheTags.Signals)
            .Produces<Page<AnomalyResponse>>()
            .ProducesProblems(400, 401, 403, 404, 429, 503);
        signals.MapGet("/{signal}", Find)
            .WithName("GetSignal")
            .WithSummary("A signal with its history")
            .Produces<SignalDetailResponse>()
            .ProducesProblems(401, 403, 404, 429, 503);
        routes.MapSignalRefresh();
    }

    private static async Task<IResult> Latest(
        [FromQuery(Name = "interval")] string? interval, SignalStore store, CancellationToken cancellationToken)
    {
        var filters = new SignalFilters();
        filters.Interval(interval);
        return filters.Problem ?? (IResult)new Cacheable<IReadOnlyList<SignalResponse>>(
            [.. (await store.ActiveAsync(interval, cancellationToken)).Select(SignalAnswers.Describe)],
            ApiJson.Default.IReadOnlyListSignalResponse,
            _age,
            isPublic: false);
    }

    private static async Task<IResult> Search(
        [AsParameters] SignalParameters asked,
        InstrumentDirectory directory,
        SignalStore store,
        CancellationToken cancellationToken)
    {
        var (query, problem) = await SignalFilters.ReadAsync(asked, directory, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var found = await store.SearchAsync(query!, cancellationToken);
        var page = found.Take(query!.Limit - 1).Select(SignalAnswers.Describe).ToArray();
        return Json(new Page<SignalResponse>(
            page,
            found.Count == query.Limit ? SignalFilters.CursorAfter(asked, page[^1].Time, page[^1].Id) : null));
    }

    private static async Task<IResult> Find(string signal, SignalStore store, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(signal, out var id) || await store.FindAsync(id, cancellationToken) is not { } found)
        {
            return ApiProblem.NotFound(ErrorCodes.NotFound, "No signal has this id; /api/v1/signals lists them.");
        }

        var history = await store.HistoryAsync(id, cancellationToken);
        return Json(new SignalDetailResponse(
            SignalAnswers.Describe(found), [.. history.Select(SignalAnswers.Describe)]));
    }

    private static async Task<IResult> Showcase(
        [FromQuery(Name = "interval")] string? interval, SignalStore store, CancellationToken cancellationToken)
    {
        var filters = new SignalFilters();
        var code = filters.Interval(interval) ?? BarInterval.OneDay.Code;
        return filters.Problem ?? (IResult)new Cacheable<SignalShowcaseResponse>(
            await SignalShowcase.ReadAsync(store, code, cancellationToken),
            ApiJson.Default.SignalShowcaseResponse,
            _age,
            isPublic: false);
    }

    private static async Task<IResult> Calibration(
        [FromQuery(Name = "interval")] string? interval, SignalStore store, CancellationToken cancellationToken)
    {
        var filters = new SignalFilters();
        var code = filters.Interval(interval) ?? BarInterval.OneDay.Code;
        return filters.Problem ?? (IResult)new Cacheable<SignalCalibrationResponse>(
            await SignalCalibration.ReadAsync(store, code, cancellationToken),
            ApiJson.Default.SignalCalibrationResponse,
            _age,
            isPublic: false);
    }

    private static async Task<IResult> Anomalies(
        [AsParameters] AnomalyParameters asked,
        InstrumentDirectory directory,
        SignalStore store,
        CancellationToken cancellationToken)
    {
        var (query, problem) = await SignalFilters.ReadAsync(asked, directory, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var found = await store.AnomaliesAsync(query!, cancellationToken);
        var page = found.Take(query!.Limit - 1).Select(SignalAnswers.Describe).ToArray();
        return Json(new Page<AnomalyResponse>(
            page,
            found.Count == query.Limit ? SignalFilters.CursorAfter(asked, page[^1].Time, page[^1].Id) : null));
    }

    private static JsonHttpResult<T> Json<T>(T body) => TypedResults.Json(body, ApiJson.Default);
}

using System.Text;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Changes;
using Trading.Data.Signals;
using Trading.Domain.Market;
using Trading.ServiceDefaults.Cache;
using Trading.ServiceDefaults.Messages;

namespace Trading.ApiService.Signals;

/// <summary>
/// Follows closed bars at once, as the worker does every few seconds: of bars that it has followed already nothing is
/// left, and where both come at the same time one of them stores.
/// </summary>
internal static class SignalRefresh
{
    private const int MostTickers = 500;

    // As long as the worker waits for a bar's last quotes.
    private static readonly TimeSpan _closeDelay = TimeSpan.FromSeconds(10);

    public static void MapSignalRefresh(this IEndpointRouteBuilder routes) => routes.MapPost("/signals/refresh", Refresh)
        .WithTags("Signals")
        .WithName("RefreshSignals")
        .WithSummary("Follows bars that have closed at once")
        .WithDescription("Traders and analysts; 5 times in 5 minutes and user.")
        .RequireAuthorization(Policies.Author)
        .LimitedBy(LimitPolicies.Refresh)
        .Produces<SignalRefreshResponse>()
        .ProducesProblems(400, 401, 403, 404, 413, 415, 429, 503);

    private static async Task<IResult> Refresh(
        SignalRefreshRequest request,
        InstrumentDirectory directory,
        SignalRun run,
        TradingCache cache,
        UserFeed feed,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!BarInterval.TryParse(request.Interval ?? BarInterval.OneDay.Code, out var interval))
        {
            var filters = new SignalFilters();
            filters.Interval(request.Interval);
            return filters.Problem!;
        }

        var (instruments, problem) = await FindAsync(request.Tickers, directory, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var started = time.GetTimestamp();
        var result = await run.RunAsync(
            interval, instruments, time.GetUtcNow().UtcDateTime - _closeDelay, cancellationToken);
        await cache.InvalidateAsync(DataChange.Signals);
        foreach (var news in result.News)
        {
            await feed.PublishAsync(null, Encoding.UTF8.GetBytes(news.Json));
        }

        return TypedResults.Json(
            new SignalRefreshResponse(
                result.Instruments,
                result.Generated,
                result.Backfilled,
                result.Resolved.Values.Sum(),
                result.Anomalies,
                time.GetElapsedTime(started).TotalMilliseconds),
            ApiJson.Default);
    }

    private static async Task<(int[]? Instruments, ApiProblem? Problem)> FindAsync(
        IReadOnlyList<string>? tickers, InstrumentDirectory directory, CancellationToken cancellationToken)
    {
        if (tickers is null)
        {
            return (null, null);
        }

        if (tickers.Count > MostTickers)
        {
            return (null, ApiProblem.BadRequest(ErrorCodes.TooManyTickers, $"At most {MostTickers} tickers; null is all."));
        }

        var found = new List<int>(tickers.Count);
        foreach (var ticker in tickers)
        {
            if (!TickerText.TryRead(ticker, out var known))
            {
                return (null, ApiProblem.InvalidTicker());
            }

            if (await directory.FindAsync(known, cancellationToken) is not { } instrument)
            {
                return (null, ApiProblem.UnknownTicker(known));
            }

            found.Add(instrument.Id);
        }

        return ([.. found], null);
    }
}

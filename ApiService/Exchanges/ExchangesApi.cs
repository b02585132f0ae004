using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.ApiService.Exchanges;

/// <summary>When exchanges trade.</summary>
internal static class ExchangesApi
{
    private const int LongestRange = 5 * 366;
    private const int UsualRange = 30;

    private static readonly TimeSpan _statusAge = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _sessionsAge = TimeSpan.FromHours(1);

    public static void MapExchanges(this IEndpointRouteBuilder routes)
    {
        var exchanges = routes.MapGroup("/exchanges").WithTags("Exchanges").AllowAnonymous().IsPublicRead();
        exchanges.MapGet("", List)
            .WithName("ListExchanges")
            .WithSummary("The exchanges, and whether they trade now")
            .Produces<IReadOnlyList<ExchangeResponse>>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 429);
        exchanges.MapGet("/{code}/status", GetStatus)
            .WithName("GetExchangeStatus")
            .WithSummary("Whether an exchange trades now, and when that changes")
            .Produces<ExchangeStatusResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 404, 429);
        exchanges.MapGet("/{code}/sessions", GetSessions)
            .WithName("GetExchangeSessions")
            .WithSummary("The sessions and holidays of an exchange, at most five years at a time")
            .WithDescription("Dates are those of the exchange's clock, from 1980 to 2069; holidays are complete from "
                + "1990 on. `close` is the time of the session's daily bar.")
            .Produces<ExchangeSessionsResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblems(400, 404, 429);
    }

    private static Cacheable<IReadOnlyList<ExchangeResponse>> List(TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new(
            [.. Exchange.All.Select(exchange => ExchangeText.Describe(exchange, now))],
            ApiJson.Default.IReadOnlyListExchangeResponse,
            _statusAge);
    }

    private static IResult GetStatus(string code, TimeProvider time) =>
        Exchange.TryFind(code.ToUpperInvariant(), out var exchange)
            ? new Cacheable<ExchangeStatusResponse>(
                ExchangeText.StatusOf(exchange, time.GetUtcNow().UtcDateTime),
                ApiJson.Default.ExchangeStatusResponse,
                _statusAge)
            : Unknown();

    private static IResult GetSessions(
        string code,
        [FromQuery, Description("First date (2026-11-23); today on the exchange's clock if not given.")] string? from,
        [FromQuery, Description("Last date, itself included; 30 days later if not given.")] string? to,
        TimeProvider time)
    {
        if (!Exchange.TryFind(code.ToUpperInvariant(), out var exchange))
        {
            return Unknown();
        }

        var calendar = TradingCalendar.Of(exchange);
        var problems = new QueryProblems();
        problems.Add(nameof(from), QueryDate.Read(nameof(from), from, out var asked));
        problems.Add(nameof(to), QueryDate.Read(nameof(to), to, out var until));
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        var first = asked ?? calendar.DateAt(time.GetUtcNow().UtcDateTime);
        var last = until ?? DateOnly.FromDayNumber(Math.Min(first.DayNumber + UsualRange, DateOnly.MaxValue.DayNumber));
        return Check(first, last) ?? new Cacheable<ExchangeSessionsResponse>(
            ExchangeText.SessionsOf(calendar, first, last), ApiJson.Default.ExchangeSessionsResponse, _sessionsAge)
            as IResult;
    }

    private static ApiProblem? Check(DateOnly from, DateOnly to) =>
        from > to ? ApiProblem.SwappedRange()
        : from < TradingCalendar.First || to > TradingCalendar.Last
            ? ApiProblem.BadRequest(
                ErrorCodes.InvalidRange,
                $"The calendars reach from {TradingCalendar.First:O} to {TradingCalendar.Last:O}; ask within.")
        : to.DayNumber - from.DayNumber > LongestRange
            ? ApiProblem.BadRequest(ErrorCodes.InvalidRange, "At most five years at a time; ask for less.")
        : null;

    private static ApiProblem Unknown() => ApiProblem.NotFound(
        ErrorCodes.UnknownExchange, "No exchange has that code. /api/v1/exchanges lists those there are.");
}

using System.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Trading.Contracts;

namespace Trading.ApiService.Edge;

/// <summary>Every answer that is no success: problem details of RFC 9457 with a stable code.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Detail">What went wrong, and what to do about it; nothing of the inside.</param>
/// <param name="Tickers">The tickers that are to blame, if any are.</param>
internal sealed record ApiProblem(
    int Status, string Code, string Detail, IReadOnlyList<string>? Tickers = null) : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>What is wrong with which field, where a request was checked as a whole.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>What <c>trace_id</c> says: a W3C trace id, be the request traced or not.</summary>
    public static string TraceIdOf(HttpContext context) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
            ? activity.TraceId.ToHexString()
            : context.Features.Get<RequestFacts>()?.TraceId ?? context.TraceIdentifier;

    public static ApiProblem BadRequest(string code, string detail) =>
        new(StatusCodes.Status400BadRequest, code, detail);

    public static ApiProblem NotFound(string code, string detail) => new(StatusCodes.Status404NotFound, code, detail);

    public static ApiProblem UnknownTicker(string ticker) =>
        NotFound(
            ErrorCodes.UnknownTicker, $"No instrument has the ticker {ticker}. /api/v1/instruments?search= finds one.");

    /// <summary>One unknown ticker fails a whole batch; all that are unknown are named.</summary>
    public static ApiProblem UnknownTickers(IReadOnlyList<string> tickers) => new(
        StatusCodes.Status404NotFound,
        ErrorCodes.UnknownTicker,
        $"No instrument has these tickers: {string.Join(", ", tickers.Take(10))}{(tickers.Count > 10 ? "..." : "")}.",
        tickers);

    public static ApiProblem TooManyTickers(int most) => BadRequest(
        ErrorCodes.TooManyTickers, $"At most {most} tickers in one request; ask in parts.");

    public static ApiProblem InvalidTicker() => BadRequest(ErrorCodes.InvalidTicker, Instruments.TickerText.Rule);

    public static ApiProblem UnknownInterval() => BadRequest(
        ErrorCodes.UnknownInterval,
        $"interval is one of {string.Join(", ", Domain.Market.BarInterval.All.Select(interval => interval.Code))}.");

    /// <summary>A range whose ends are the wrong way round.</summary>
    public static ApiProblem SwappedRange() => BadRequest(ErrorCodes.InvalidRange, "from lies after to; swap them.");

    public static ApiProblem InvalidCursor() => BadRequest(
        ErrorCodes.InvalidCursor,
        "The cursor is not of this list; ask without one to begin anew, with the same filters.");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        var body = new ProblemResponse(
            "urn:trading:problem:" + Code,
            ReasonPhrases.GetReasonPhrase(Status),
            Status,
            Detail,
            Code,
            TraceIdOf(httpContext),
            Tickers,
            Errors);
        await response.WriteAsJsonAsync(
            body, ApiJson.Default.ProblemResponse, MediaType, httpContext.RequestAborted);
    }
}

using Microsoft.AspNetCore.Mvc;
using Trading.Contracts;

namespace Trading.Web.Accounts;

/// <summary>Hands files of the API to the browser, which has no token of its own.</summary>
internal static class FileEndpoints
{
    private const string Csv = "text/csv; charset=utf-8";
    private static readonly TimeSpan _goodFor = TimeSpan.FromMinutes(1);

    public static void MapFiles(this WebApplication app)
    {
        app.MapGet("/backtests/{id:guid}/export", BacktestAsync);
        app.MapGet("/signals/export", SignalsAsync);
        app.MapGet("/admin/audit/export", AuditAsync);
    }

    private static Task<IResult> BacktestAsync(
        Guid id, string? format, string? part, HttpContext context, TradingClient api, UserTokens tokens)
    {
        var isCsv = format == "csv";
        return HandAsync(
            context,
            api,
            tokens,
            (own, token) => own.ExportBacktestAsync(id, isCsv ? "csv" : "json", part, token),
            isCsv ? Csv : "application/json",
            isCsv ? $"backtest_{id}_{NameOf(part)}.csv" : $"backtest_{id}.json");
    }

    private static Task<IResult> SignalsAsync(
        string? ticker,
        string? direction,
        string? state,
        string? regime,
        [FromQuery(Name = "min_confidence")] double? confidence,
        HttpContext context,
        TradingClient api,
        UserTokens tokens)
    {
        var search = new SignalSearch
        {
            Ticker = ticker,
            Direction = direction,
            State = state,
            Regime = regime,
            MinConfidence = confidence,
        };
        return HandAsync(
            context, api, tokens, (own, token) => own.ExportSignalsAsync(search, token), Csv, "signals.csv");
    }

    private static Task<IResult> AuditAsync(
        string? action,
        string? outcome,
        string? actor,
        string? address,
        [FromQuery(Name = "trace_id")] string? trace,
        string? from,
        string? to,
        HttpContext context,
        TradingClient api,
        UserTokens tokens)
    {
        var search = new AuditSearch
        {
            Action = action,
            Outcome = outcome,
            Actor = actor,
            Address = address,
            TraceId = trace,
            From = from,
            To = to,
        };
        return HandAsync(context, api, tokens, (own, token) => own.ExportAuditAsync(search, token), Csv, "audit.csv");
    }

    private static async Task<IResult> HandAsync(
        HttpContext context,
        TradingClient api,
        UserTokens tokens,
        Func<TradingClient, CancellationToken, Task<Stream>> read,
        string type,
        string name)
    {
        var cancellation = context.RequestAborted;
        if (SessionCookie.SessionOf(context.User) is not { } session
            || await tokens.FindAsync(session, _goodFor, cancellation) is not { } token)
        {
            // A redirect to the login page would be saved as the file.
            return TypedResults.Text(
                "Your session is over; sign in again.", statusCode: StatusCodes.Status401Unauthorized);
        }

        try
        {
            var file = await read(api.As(TradingCaller.Of(token.Access)), cancellation);
            return TypedResults.Stream(file, type, name);
        }
        catch (TradingApiException refused)
        {
            return TypedResults.Text(
                refused.Detail, statusCode: (int?)refused.Status ?? StatusCodes.Status503ServiceUnavailable);
        }
    }

    // The name goes into a header; the API says whether it knows the part.
    private static string NameOf(string? part) =>
        part is "equity" or "trials" ? part : "trades";
}

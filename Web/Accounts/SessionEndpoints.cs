using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trading.Contracts;

namespace Trading.Web.Accounts;

/// <summary>Where the forms of the account pages go: what sets or takes the cookie needs a request of its own.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this WebApplication app)
    {
        var session = app.MapGroup("/session");
        session.MapPost("/login", LoginAsync);
        session.MapPost("/register", RegisterAsync);
        session.MapPost("/forgot", ForgotAsync);
        session.MapPost("/reset", ResetAsync);
        session.MapPost("/confirm", ConfirmAsync);
        session.MapPost("/logout", LogoutAsync);
        // Asked by open pages every five minutes: the cookie is renewed on the way.
        session.MapGet("/keep", () => TypedResults.NoContent()).RequireAuthorization();
    }

    private static async Task<IResult> LoginAsync(
        [FromForm] string? email,
        [FromForm] string? password,
        [FromForm] string? code,
        [FromForm] string? then,
        HttpContext context,
        TradingClient api,
        UserTokens tokens)
    {
        try
        {
            var isRecovery = code?.Contains('-', StringComparison.Ordinal) == true;
            var request = new LoginRequest(
                email, password, Filled(isRecovery ? null : code), Filled(isRecovery ? code : null));
            var token = tokens.Keep(tokens.Of(await BrowserOf(api, context).LoginAsync(request, context.RequestAborted)));
            var account = await api.As(TradingCaller.Of(token.Access)).GetAccountAsync(context.RequestAborted);
            await SessionCookie.SignInAsync(context, token, account);
            return TypedResults.LocalRedirect(LocalOf(then));
        }
        catch (TradingApiException refused)
        {
            return Back("login", refused, ("email", email), ("then", then));
        }
    }

    private static Task<IResult> RegisterAsync(
        [FromForm] string? email, [FromForm] string? password, HttpContext context, TradingClient api) =>
        DoAsync(
            "register",
            "login",
            "registered",
            () => BrowserOf(api, context).RegisterAsync(new RegisterRequest(email, password), context.RequestAborted),
            ("email", email));

    private static Task<IResult> ForgotAsync([FromForm] string? email, HttpContext context, TradingClient api) =>
        DoAsync(
            "forgot",
            "login",
            "mailed",
            () => BrowserOf(api, context).ForgotPasswordAsync(new EmailRequest(email), context.RequestAborted),
            ("email", email));

    private static Task<IResult> ResetAsync(
        [FromForm] string? email, [FromForm] string? token, [FromForm] string? password, HttpContext context, TradingClient api) =>
        DoAsync(
            "reset",
            "login",
            "reset",
            () => BrowserOf(api, context).ResetPasswordAsync(
                new ResetPasswordRequest(email, token, password), context.RequestAborted),
            ("email", email),
            ("token", token));

    private static Task<IResult> ConfirmAsync(
        [FromForm] string? email, [FromForm] string? token, HttpContext context, TradingClient api) =>
        DoAsync(
            "confirm",
            "login",
            "confirmed",
            () => BrowserOf(api, context).ConfirmEmailAsync(new ConfirmEmailRequest(email, token), context.RequestAborted),
            ("email", email),
            ("token", token));

    private static async Task<IResult> LogoutAsync(
        [FromForm] string? then, HttpContext context, TradingClient api, UserTokens tokens)
    {
        if (SessionCookie.SessionOf(context.User) is { } session)
        {
            try
            {
                if (await tokens.FindAsync(session, TimeSpan.Zero, context.RequestAborted) is { } token)
                {
                    await api.As(TradingCaller.Of(token.Access)).LogoutAsync(context.RequestAborted);
                }
            }
            catch (TradingApiException)
            {
                // The session is over, or ends by itself; the cookie goes in any case.
            }

            tokens.Forget(session);
        }

        await context.SignOutAsync();
        return TypedResults.LocalRedirect(LocalOf(then));
    }

    private static async Task<IResult> DoAsync(
        string page, string next, string done, Func<Task> ask, params (string Name, string? Value)[] kept)
    {
        try
        {
            await ask();
            return TypedResults.LocalRedirect($"/account/{next}{QueryString.Create("done", done)}");
        }
        catch (TradingApiException refused)
        {
            return Back(page, refused, kept);
        }
    }

    private static RedirectHttpResult Back(string page, TradingApiException refused, params (string Name, string? Value)[] kept)
    {
        var query = QueryString.Create("error", refused.Code);
        foreach (var (name, value) in kept.Where(pair => !string.IsNullOrEmpty(pair.Value)))
        {
            query = query.Add(name, value!);
        }

        return TypedResults.LocalRedirect($"/account/{page}{query}");
    }

    private static TradingClient BrowserOf(TradingClient api, HttpContext context) => api.As(new TradingCaller(
        Address: context.Connection.RemoteIpAddress?.ToString(), Device: context.Request.Headers.UserAgent));

    // Only to a page of this site.
    private static string LocalOf(string? then) =>
        then is ['/', ..] && !then.StartsWith("//", StringComparison.Ordinal) && !then.Contains('\\', StringComparison.Ordinal)
            ? then
            : "/";

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

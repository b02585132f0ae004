using Microsoft.AspNetCore.Http.HttpResults;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Signing in and out.</summary>
internal static class LoginApi
{
    private const int LongestPassword = 1000;

    public static void MapLogin(this IEndpointRouteBuilder auth)
    {
        auth.MapPost("/login", Login)
            .WithName("Login")
            .WithSummary("Signs in; with a second factor, code or recovery_code is asked for")
            .AllowAnonymous()
            .Produces<TokenResponse>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        auth.MapPost("/refresh", Refresh)
            .WithName("Refresh")
            .WithSummary("Exchanges a refresh token, which works once, for new tokens")
            .WithDescription("A token that is sent a second time ends its session: one of two holders has stolen it.")
            .AllowAnonymous()
            .Produces<TokenResponse>()
            .ProducesProblems(400, 401, 413, 415, 429, 503);
        auth.MapPost("/logout", Logout)
            .WithName("Logout")
            .WithSummary("Ends this session at once")
            .RequireAuthorization(Policies.Viewer)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 429, 503);
        auth.MapPost("/logout-all", LogoutAll)
            .WithName("LogoutEverywhere")
            .WithSummary("Ends every session of the account at once")
            .RequireAuthorization(Policies.Viewer)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 429, 503);
    }

    private static async Task<IResult> Login(
        LoginRequest request,
        HttpContext context,
        SignIn signIn,
        TokenIssuer tokens,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        var check = new Validation()
            .Require(request.Email is { Length: > 0 and <= 254 }, "email", "The account's e-mail address.")
            .Require(request.Password is { Length: > 0 and <= LongestPassword }, "password", "The account's password.")
            .Require(request.Code is null or { Length: <= 20 }, "code", "Six digits.")
            .Require(request.RecoveryCode is null or { Length: <= 40 }, "recovery_code", "Such as abcde-fghjk.");
        if (check.Problem is { } problem)
        {
            return problem;
        }

        var (user, refusal) = await signIn.CheckAsync(context, request, cancellationToken);
        if (user is null)
        {
            return refusal!;
        }

        if (await tokens.OpenAsync(context, user, request.Device, cancellationToken) is not { } answer)
        {
            return await signIn.FailedAsync(context, user, request.Email!, "password", cancellationToken);
        }

        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.Login, AuditOutcome.Success, user.Email, answer.SessionId.ToString(), Account: user.Id),
            cancellationToken);
        return Json(answer);
    }

    private static async Task<IResult> Refresh(
        RefreshRequest request,
        HttpContext context,
        TokenIssuer tokens,
        AccountStore accounts,
        SessionGuard guard,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (new Validation().Text("refresh_token", request.RefreshToken, 100).Problem is { } problem)
        {
            return problem;
        }

        var (answer, rotation) = await tokens.ExchangeAsync(request.RefreshToken!, cancellationToken);
        if (answer is not null)
        {
            return Json(answer);
        }

        if (rotation.Outcome == RotationOutcome.Reused)
        {
            await guard.EndAsync([rotation.Session]);
            var holder = await accounts.FindAsync(rotation.User, cancellationToken);
            await audit.RecordAsync(
                context,
                new AuditEvent(
                    AuditActions.TokenReuse,
                    AuditOutcome.Denied,
                    holder?.User.Email ?? rotation.User.ToString(),
                    rotation.Session.ToString(),
                    Account: rotation.User),
                cancellationToken);
        }

        return new ApiProblem(
            StatusCodes.Status401Unauthorized, ErrorCodes.InvalidToken, "The session is over; sign in again.");
    }

    private static async Task<IResult> Logout(
        HttpContext context, SessionEnd end, CancellationToken cancellationToken)
    {
        await end.OneAsync(
            context, context.User.RequiredUserId(), context.User.SessionId() ?? Guid.Empty, AuditActions.Logout, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> LogoutAll(
        HttpContext context, SessionEnd end, CancellationToken cancellationToken)
    {
        await end.AllAsync(
            context, context.User.RequiredUserId(), except: null, AuditActions.Logout, cancellationToken);
        return TypedResults.NoContent();
    }

    private static JsonHttpResult<TokenResponse> Json(TokenResponse answer) => TypedResults.Json(answer, ApiJson.Default);
}

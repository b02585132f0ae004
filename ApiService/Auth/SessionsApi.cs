using Microsoft.AspNetCore.Identity;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>One's own account and where it is signed in.</summary>
internal static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder auth)
    {
        auth.MapGet("/me", Me)
            .WithName("GetAccount")
            .WithSummary("The account of this request")
            .RequireAuthorization(Policies.Viewer)
            .OpenToKeys(Scopes.AccountRead)
            .Produces<AccountResponse>()
            .ProducesProblems(401, 403, 429, 503);
        auth.MapGet("/sessions", List)
            .WithName("ListSessions")
            .WithSummary("Where the account is signed in")
            .RequireAuthorization(Policies.Viewer)
            .OpenToKeys(Scopes.AccountRead)
            .Produces<IReadOnlyList<SessionResponse>>()
            .ProducesProblems(401, 403, 429, 503);
        auth.MapDelete("/sessions/{id:guid}", Revoke)
            .WithName("RevokeSession")
            .WithSummary("Ends a session at once")
            .RequireAuthorization(Policies.Viewer)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 404, 429, 503);
    }

    private static async Task<IResult> Me(HttpContext context, UserManager<User> users)
    {
        var user = await users.FindByIdAsync(context.User.RequiredUserId().ToString());
        return user is null
            ? AccessResults.Unauthorized
            : TypedResults.Json(
                new AccountResponse(
                    user.Id,
                    user.Email!,
                    user.EmailConfirmed,
                    [.. await users.GetRolesAsync(user)],
                    user.Tier,
                    user.TotpSecret is not null,
                    user.RecoveryCodes.Length,
                    user.CreatedAt),
                ApiJson.Default);
    }

    private static async Task<IResult> List(
        HttpContext context, SessionStore sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await sessions.ListAsync(
            context.User.RequiredUserId(), time.GetUtcNow().UtcDateTime, cancellationToken);
        var current = context.User.SessionId();
        return TypedResults.Json<IReadOnlyList<SessionResponse>>(
            [.. found.Select(session => new SessionResponse(
                session.Id,
                session.Device,
                session.Address,
                session.CreatedAt,
                session.LastSeenAt,
                session.ExpiresAt,
                session.Id == current))],
            ApiJson.Default);
    }

    private static async Task<IResult> Revoke(
        Guid id, HttpContext context, SessionEnd end, CancellationToken cancellationToken) =>
        await end.OneAsync(context, context.User.RequiredUserId(), id, AuditActions.SessionRevoke, cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblem.NotFound(ErrorCodes.NotFound, "You have no open session of this id; /api/v1/auth/sessions lists them.");
}

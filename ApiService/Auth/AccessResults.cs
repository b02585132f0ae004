using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;

namespace Trading.ApiService.Auth;

/// <summary>Answers those who are not let in: one answer whatever is wrong with a token, and a trace of every refusal.</summary>
internal sealed class AccessResults(AuditTrail audit) : IAuthorizationMiddlewareResultHandler
{
    public static ApiProblem Unauthorized { get; } = new(
        StatusCodes.Status401Unauthorized,
        ErrorCodes.Unauthorized,
        "Sign in at /api/v1/auth/login and send the access_token as Authorization: Bearer, or an API key as X-API-Key.");

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // What is at no path, or not of this method, is told so: the framework's own endpoints for that have no policy.
        if (authorizeResult.Succeeded || context.GetEndpoint() is not RouteEndpoint)
        {
            return next(context);
        }

        if (context.Items.ContainsKey(AuthSchemes.StoreAway))
        {
            context.Response.Headers.RetryAfter = "2";
            return new ApiProblem(
                StatusCodes.Status503ServiceUnavailable,
                ErrorCodes.Unavailable,
                "Who you are cannot be checked now; try again in 2 seconds.").ExecuteAsync(context);
        }

        if (authorizeResult.Challenged || context.User.Identity?.IsAuthenticated != true)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Unauthorized.ExecuteAsync(context);
        }

        audit.Record(context, new AuditEvent(
            AuditActions.AccessDenied, AuditOutcome.Denied, Subject: $"{context.Request.Method} {RouteOf(context)}"));
        return Forbidden(context).ExecuteAsync(context);
    }

    public static ApiProblem Forbidden(HttpContext context) => new(
        StatusCodes.Status403Forbidden,
        ErrorCodes.Forbidden,
        context.User.ApiKeyId() is null
            ? "Your roles do not allow this; an admin can change them."
            : context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is { } required
                ? $"The API key needs the scope {required.Scope}, and its owner the role for it."
                : "API keys are not taken here; sign in.");

    private static string RouteOf(HttpContext context) => ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
}

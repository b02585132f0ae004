using Microsoft.AspNetCore.Authorization;

namespace Trading.ApiService.Auth;

/// <summary>
/// An API key may do what it was made for: the endpoint says which scope that is, and one that says none is closed to
/// keys. Signed-in users are not bound by scopes.
/// </summary>
internal sealed class ScopeRequirement : IAuthorizationRequirement;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.ApiKeyId() is null || HasScope(context))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static bool HasScope(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http
        && http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is { } required
        && context.User.HasClaim(Caller.ScopeClaim, required.Scope);
}

/// <summary>The scope that an API key needs here.</summary>
internal sealed record RequiredScope(string Scope);

internal static class ScopeEndpoints
{
    public static TBuilder OpenToKeys<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredScope(scope));
}

using Microsoft.AspNetCore.Authorization;
using Trading.Contracts;

namespace Trading.ApiService.Auth;

/// <summary>
/// Who may call an endpoint. Each endpoint names one of these or says <c>AllowAnonymous</c>; what names none is denied.
/// </summary>
internal static class Policies
{
    public const string Viewer = Roles.Viewer;

    public const string Trader = Roles.Trader;

    public const string Analyst = Roles.Analyst;

    public const string Admin = Roles.Admin;

    /// <summary>Who writes strategies and has signals computed: traders and analysts.</summary>
    public const string Author = "author";

    public static void AddTradingPolicies(this AuthorizationBuilder authorization)
    {
        authorization
            .AddPolicy(Viewer, policy => policy.RequireRole([.. Roles.All]).AddRequirements(new ScopeRequirement()))
            .AddPolicy(Trader, policy =>
                policy.RequireRole(Roles.Trader, Roles.Admin).AddRequirements(new ScopeRequirement()))
            .AddPolicy(Analyst, policy =>
                policy.RequireRole(Roles.Analyst, Roles.Admin).AddRequirements(new ScopeRequirement()))
            .AddPolicy(Author, policy =>
                policy.RequireRole(Roles.Trader, Roles.Analyst, Roles.Admin).AddRequirements(new ScopeRequirement()))
            .AddPolicy(Admin, policy => policy.RequireRole(Roles.Admin).AddRequirements(new ScopeRequirement()))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
    }
}

using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;
using Trading.Contracts;
using Trading.ServiceDefaults;

namespace Trading.ApiService.Edge;

/// <summary>What the service believes of its own names and the pages that may call it.</summary>
internal static class Surroundings
{
    private static readonly string[] _shownToPages =
    [
        "ETag", "Idempotency-Replayed", "Location", "RateLimit-Limit", "RateLimit-Policy", "RateLimit-Remaining",
        "RateLimit-Reset", "Retry-After", "X-Process-Time", "X-Request-ID",
    ];

    public static void AddSurroundings(this WebApplicationBuilder builder)
    {
        // Ours answers with problem details; the framework's own, outside of everything, with a page.
        builder.Services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["*"]);
        builder.Services.AddCors();
    }

    /// <summary>Refuses requests for other names than <c>AllowedHosts</c> has; <c>*</c> stands for any.</summary>
    public static void UseTrustedHosts(this WebApplication app)
    {
        var hosts = Setting(app, "AllowedHosts").Select(host => (StringSegment)host).ToArray();
        if (hosts.Length == 0 || hosts.Contains("*"))
        {
            return;
        }

        app.Use(next => context => HostString.MatchesAny(context.Request.Host.Host, hosts)
            ? next(context)
            : ApiProblem.BadRequest(ErrorCodes.UnknownHost, "This service does not go by the name in Host.")
                .ExecuteAsync(context));
    }

    /// <summary>Lets the pages of <c>Cors:Origins</c> call from a browser; they show tokens, never cookies.</summary>
    public static void UseKnownOrigins(this WebApplication app)
    {
        var origins = Setting(app, "Cors:Origins");
        if (origins.Length > 0)
        {
            app.UseCors(cors => cors
                .WithOrigins(origins)
                .AllowAnyMethod()
                .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "X-Request-ID")
                .WithExposedHeaders(_shownToPages)
                .SetPreflightMaxAge(TimeSpan.FromHours(1)));
        }
    }

    private static string[] Setting(WebApplication app, string key) => app.Configuration.ReadList(key);
}

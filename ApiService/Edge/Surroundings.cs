using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Primitives;
using Trading.Contracts;
using IPNetwork = System.Net.IPNetwork;

namespace Trading.ApiService.Edge;

/// <summary>What the service believes of its own names, its proxies and the pages that may call it.</summary>
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

    /// <summary>Takes the caller's address and scheme from <c>Proxies:Known</c>, and from nobody else.</summary>
    public static void UseKnownProxies(this WebApplication app)
    {
        var known = Setting(app, "Proxies:Known");
        if (known.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in known)
        {
            options.KnownIPNetworks.Add(NetworkOf(proxy));
        }

        app.UseForwardedHeaders(options);
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

    private static IPNetwork NetworkOf(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"Proxies:Known: {text} is no address and no network (10.0.0.0/8).");

    /// <summary>A list, or one text parted by semicolons.</summary>
    private static string[] Setting(WebApplication app, string key) =>
        app.Configuration.GetSection(key).Get<string[]>() is { Length: > 0 } list
            ? list
            : app.Configuration[key]?.Split(
                ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

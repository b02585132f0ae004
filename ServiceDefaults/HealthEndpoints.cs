using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Trading.ServiceDefaults.Metrics;

namespace Trading.ServiceDefaults;

/// <summary>The probes, the same in every service and in every environment.</summary>
public static class HealthEndpoints
{
    /// <summary>The paths of the probes and of the metrics; they are neither traced nor limited.</summary>
    public static IReadOnlySet<string?> Paths { get; } =
        new HashSet<string?> { "/health", "/ready", "/live", "/alive", MetricsEndpoint.Path };

    /// <summary>
    /// Maps <c>/health</c> (every check; 503 only when unhealthy), <c>/ready</c> (checks tagged <c>ready</c>: may
    /// traffic come?), <c>/live</c>, <c>/alive</c> (checks tagged <c>live</c>: should the process be restarted?), and
    /// <c>/metrics</c>.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        var detailed = !app.Environment.IsProduction();
        app.MapProbe("/health", null, detailed);
        app.MapProbe("/ready", "ready", detailed);
        app.MapProbe("/live", "live", detailed);
        app.MapProbe("/alive", "live", detailed);
        return app.MapMetrics();
    }

    private static void MapProbe(this IEndpointRouteBuilder routes, string path, string? tag, bool detailed) =>
        routes.MapGet(path, async (HealthProbe probe, HttpContext context) =>
            {
                var report = await probe.CheckAsync(tag, context.RequestAborted);
                context.Response.Headers.CacheControl = "no-store";
                return Results.Json(
                    HealthResponse.From(report, detailed),
                    HealthResponse.JsonOptions,
                    statusCode: report.Status == HealthStatus.Unhealthy ? 503 : 200);
            })
            .ExcludeFromDescription()
            .AllowAnonymous()
            .DisableHttpMetrics();
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>The metrics of this service as Prometheus reads them.</summary>
public static class MetricsEndpoint
{
    /// <summary>Where they are; like the probes it is neither limited nor traced nor counted.</summary>
    public const string Path = "/metrics";

    /// <summary>
    /// Maps <c>/metrics</c>: open outside Production; there for <see cref="MetricsOptions"/>' token, and 404 without.
    /// </summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapMetrics(this WebApplication app)
    {
        // Absent where telemetry is switched off, and in hosts that share only some of the services.
        if (app.Services.GetService<MetricsReading>() is { } reading)
        {
            var access = app.Services.GetRequiredService<MetricsAccess>();
            app.MapGet(Path, context => AnswerAsync(context, reading, access))
                .ExcludeFromDescription()
                .AllowAnonymous()
                .DisableHttpMetrics();
        }

        return app;
    }

    private static async Task AnswerAsync(HttpContext context, MetricsReading reading, MetricsAccess access)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!await access.AllowsAsync(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var snapshot = await reading.ReadAsync(context.RequestAborted);
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.ContentLength = snapshot.Text.Length;
        await context.Response.BodyWriter.WriteAsync(snapshot.Text, context.RequestAborted);
    }
}

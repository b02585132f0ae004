using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Trading.ServiceDefaults;

/// <summary>OpenTelemetry as every service uses it: logs, metrics and traces over OTLP where an endpoint is configured.</summary>
public static class Telemetry
{
    /// <summary>The prefix of every meter and activity source of this solution; what carries it is exported.</summary>
    public const string Prefix = "Trading.";

    /// <summary>Adds logs, metrics and traces, and the exporter when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
    /// <typeparam name="TBuilder">The host's builder.</typeparam>
    /// <param name="builder">The host's builder.</param>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // Without a collector nobody reads the telemetry: the instruments stay unobserved and cost nothing.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return builder;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(Prefix + "*", "Npgsql"))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName, Prefix + "*", "Npgsql")
                .AddAspNetCoreInstrumentation(options => options.Filter = IsNoProbe)
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
        return builder;
    }

    private static bool IsNoProbe(HttpContext context) => !HealthEndpoints.Paths.Contains(context.Request.Path.Value);
}

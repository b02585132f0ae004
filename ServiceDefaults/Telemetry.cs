using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using Trading.ServiceDefaults.Metrics;
using Trading.ServiceDefaults.Tracing;

namespace Trading.ServiceDefaults;

/// <summary>OpenTelemetry as every service uses it: metrics always, all of it over OTLP where there is an endpoint.</summary>
public static class Telemetry
{
    /// <summary>The prefix of every meter and activity source of this solution; what carries it is exported.</summary>
    public const string Prefix = "Trading.";

    /// <summary>Where Blazor tells of what users do on a page; each such act begins a trace.</summary>
    internal const string ComponentsSource = "Microsoft.AspNetCore.Components";

    /// <summary>False where <c>Telemetry:Enabled</c> is: then nothing is measured and no span is made.</summary>
    /// <param name="builder">The host's builder.</param>
    public static bool HasTelemetry(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // What cannot be read is refused before anything starts.
        var text = builder.Configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Enabled)}"];
        return !bool.TryParse(text, out var isEnabled) || isEnabled;
    }

    /// <summary>
    /// Adds metrics, which <c>/metrics</c> shows; and logs, traces and their exporter when
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Nothing at all where <c>Telemetry:Enabled</c> is false.
    /// </summary>
    /// <typeparam name="TBuilder">The host's builder.</typeparam>
    /// <param name="builder">The host's builder.</param>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section)
            // Any rule: the check before the start reads what has one.
            .Validate(_ => true)
            .ValidateOnStart();
        if (!builder.HasTelemetry())
        {
            return builder;
        }

        builder.AddMetrics();
        // Without a collector nobody reads logs and traces from here: they are not made.
        if (!builder.Configuration.ExportsTelemetry())
        {
            return builder;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.AddOtlpExporter();
        });
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .SetSampler(services =>
                    new ParentBasedSampler(new BudgetSampler(services.GetRequiredService<TraceBudget>())))
                .AddSource(builder.Environment.ApplicationName, Prefix + "*", ComponentsSource, "Npgsql")
                .AddAspNetCoreInstrumentation(options => options.Filter = IsNoProbe)
                .AddHttpClientInstrumentation()
                .AddOtlpExporter());
        return builder;
    }

    /// <summary>True where there is a collector to send logs, metrics and traces to.</summary>
    /// <param name="settings">The service's settings.</param>
    internal static bool ExportsTelemetry(this IConfiguration settings) =>
        !string.IsNullOrWhiteSpace(settings["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    private static bool IsNoProbe(HttpContext context) => !HealthEndpoints.Paths.Contains(context.Request.Path.Value);
}

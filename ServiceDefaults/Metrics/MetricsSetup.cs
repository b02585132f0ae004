using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>What is measured, and that it can be read at <c>/metrics</c>.</summary>
internal static class MetricsSetup
{
    /// <summary>From a half millisecond, where our own work is, to the patience of a caller.</summary>
    private static readonly ExplicitBucketHistogramConfiguration _seconds = new()
    {
        Boundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly MetricStreamConfiguration _unnamedLookups = new() { TagKeys = ["error.type"] };

    public static void AddMetrics(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MetricsOptions>()
            .BindConfiguration(MetricsOptions.Section)
            .Validate(
                options => options.IsValid,
                $"Metrics:Token needs at least {MetricsOptions.LeastLength} characters, and Metrics:TokenFile must exist.")
            .ValidateOnStart();
        builder.Services.AddSingleton<MetricsReading>();
        builder.Services.AddSingleton<MetricsAccess>();
        builder.Services.AddSingleton<ProcessMetrics>();
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddMeter(Telemetry.Prefix + "*", "Npgsql", "Microsoft.AspNetCore.Components.Server.Circuits")
            .AddView(ViewOf)
            .AddReader(services =>
            {
                services.GetRequiredService<ProcessMetrics>();
                return services.GetRequiredService<MetricsReading>().Reader;
            }));
    }

    private static MetricStreamConfiguration? ViewOf(Instrument instrument) => instrument switch
    {
        // Our limiters count for themselves; the framework's four instruments would cost every request again.
        { Meter.Name: "Microsoft.AspNetCore.RateLimiting" } => MetricStreamConfiguration.Drop,
        // Users' webhooks have hosts: their names are no labels.
        { Name: "dns.lookup.duration" } => _unnamedLookups,
        // The SDK's own buckets are made for milliseconds where an instrument gives no advice.
        Histogram<double> { Unit: "s", Advice: null } when IsOurs(instrument) => _seconds,
        _ => null,
    };

    private static bool IsOurs(Instrument instrument) =>
        instrument.Meter.Name.StartsWith(Telemetry.Prefix, StringComparison.Ordinal);
}

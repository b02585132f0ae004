using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trading.ServiceDefaults.Errors;
using Trading.ServiceDefaults.Health;
using Trading.ServiceDefaults.Logging;
using Trading.ServiceDefaults.Settings;
using Trading.ServiceDefaults.Tracing;

namespace Trading.ServiceDefaults;

/// <summary>What every service shares: health probes, OpenTelemetry, resilience and service discovery.</summary>
public static class Extensions
{
    /// <summary>Adds the shared services; <see cref="HealthEndpoints.MapDefaultEndpoints"/> maps the probes.</summary>
    /// <typeparam name="TBuilder">The host's builder.</typeparam>
    /// <param name="builder">The host's builder.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton(new OptionsCheck(builder.Services));
        builder.AddSecretFiles();
        builder.AddJsonLogs();
        builder.AddErrorTracking();
        builder.AddSpans();
        // A probe's answer says what is wrong; a log line for each probe would say it ten times a second.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.ConfigureOpenTelemetry();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<HealthProbe>();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        builder.AddTradingHealthCheck<DiskHealth>("disk", critical: false);
        builder.AddTradingHealthCheck<MemoryHealth>("memory", critical: false);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }
}

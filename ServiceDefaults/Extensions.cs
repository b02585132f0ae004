using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

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
        builder.ConfigureOpenTelemetry();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<HealthProbe>();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }
}

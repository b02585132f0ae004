using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.Health;

/// <summary>Health checks of one's own, in one line.</summary>
public static class TradingHealthChecks
{
    /// <summary>The tag of a check without which the service cannot do its work.</summary>
    public const string Critical = "critical";

    /// <summary>Adds a check to <c>/health</c>.</summary>
    /// <typeparam name="TCheck">The check; its services are injected.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="name">Its name, in snake_case.</param>
    /// <param name="critical">
    /// True where a failure makes the service Unhealthy, and <c>/health</c> answer 503; false where it is Degraded then.
    /// </param>
    /// <param name="tags"><c>ready</c> or <c>live</c>, where the check counts for these probes too.</param>
    public static IHostApplicationBuilder AddTradingHealthCheck<TCheck>(
        this IHostApplicationBuilder builder, string name, bool critical, params string[] tags)
        where TCheck : class, IHealthCheck
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHealthChecks().AddCheck<TCheck>(
            name,
            critical ? HealthStatus.Unhealthy : HealthStatus.Degraded,
            critical ? [.. tags, Critical] : tags);
        return builder;
    }
}

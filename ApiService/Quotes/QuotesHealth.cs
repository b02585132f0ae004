using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Trading.ApiService.Quotes;

/// <summary>Degraded while quotes are old or come round about; they are served all the same.</summary>
internal sealed class QuotesHealth(QuoteFeed feed, IOptions<QuoteFeedOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(feed.SinceNews switch
        {
            null => HealthCheckResult.Degraded("No quote has arrived yet."),
            { } age when age > options.Value.StaleAfter =>
                HealthCheckResult.Degraded($"The newest quote arrived {age.TotalSeconds:F0} s ago."),
            _ when feed.IsPolled =>
                HealthCheckResult.Degraded("Quotes are read from the worker itself, once a second."),
            _ => HealthCheckResult.Healthy("Quotes arrive."),
        });
}

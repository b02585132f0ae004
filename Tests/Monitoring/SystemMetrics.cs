using Aspire.Hosting.Testing;
using Trading.Tests.Integration;

namespace Trading.Tests.Monitoring;

/// <summary>What the running system says at /metrics.</summary>
internal static class SystemMetrics
{
    public static IReadOnlyList<string> Services { get; } = ["apiservice", "pricingworker", "web"];

    public static async Task<string> MetricsAsync(
        this TradingSystem system, string service, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = system.App.GetEndpoint(service, "http") };
        http.DefaultRequestHeaders.Authorization = new("Bearer", TradingSystem.MetricsToken);
        return await http.GetStringAsync("/metrics", cancellation);
    }
}

using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Trading.Contracts;
using Trading.ServiceDefaults;

namespace Trading.ApiService.Monitoring;

/// <summary>The health of this service and of the worker, as one.</summary>
internal sealed class SystemHealth(HealthProbe probe, IHttpClientFactory clients, TimeProvider time)
{
    public const string WorkerClient = "worker-health";

    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);
    private static readonly string[] _worstFirst = ["Unreachable", "Unhealthy", "Degraded", "Healthy"];

    public async Task<DetailedHealthResponse> ReadAsync(CancellationToken cancellationToken)
    {
        ServiceHealthResponse[] services =
        [
            Describe("apiservice", HealthResponse.From(await probe.CheckAsync(null, cancellationToken), detailed: true)),
            await WorkerAsync(cancellationToken),
        ];
        var worst = services.Select(service => service.Status).MinBy(status => Array.IndexOf(_worstFirst, status))!;
        return new DetailedHealthResponse(worst, services);
    }

    public async Task<ServiceHealthResponse> WorkerAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(_timeout);
            using var http = clients.CreateClient(WorkerClient);
            using var answer = await http.GetAsync(new Uri("http://pricingworker/health"), deadline.Token);
            var health = await answer.Content.ReadFromJsonAsync(
                MonitoringJson.Default.HealthResponse, deadline.Token);
            return Describe("pricingworker", health ?? new HealthResponse("Unreachable", null));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or OperationCanceledException or JsonException or TimeoutException)
        {
            return new ServiceHealthResponse(
                "pricingworker",
                "Unreachable",
                new Dictionary<string, CheckHealthResponse>
                {
                    ["answer"] = new(nameof(HealthStatus.Unhealthy), "The worker does not answer.", true, 0),
                });
        }
    }

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    private static ServiceHealthResponse Describe(string name, HealthResponse health) => new(
        name,
        health.Status,
        health.Checks?.ToDictionary(
            check => check.Key,
            check => new CheckHealthResponse(
                check.Value.Status, check.Value.Description, check.Value.Critical, check.Value.DurationMs)) ?? []);
}

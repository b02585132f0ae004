using System.Text.Json;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.Contracts;

namespace Trading.ApiService.Providers;

/// <summary>Where prices come from. The worker asks the providers and knows how they are.</summary>
internal static class ProvidersApi
{
    private const string WorkerClient = "worker-providers";

    private static readonly Uri _address = new("http://pricingworker/internal/providers");
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);

    public static IHostApplicationBuilder AddProviderStatus(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(WorkerClient);
        return builder;
    }

    public static void MapProviders(this IEndpointRouteBuilder routes) => routes.MapGet("/providers", GetProviders)
        .WithTags("Monitoring")
        .WithName("GetProviders")
        .WithSummary("Where prices come from, and how those who give them are")
        .RequireAuthorization(Policies.Admin)
        .OpenToKeys(Scopes.MonitoringRead)
        .Produces<ProvidersResponse>()
        .ProducesProblems(401, 403, 429, 503);

    private static async Task<IResult> GetProviders(IHttpClientFactory clients, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(_timeout);
            using var http = clients.CreateClient(WorkerClient);
            var status = await http.GetFromJsonAsync(_address, ApiJson.Default.ProvidersResponse, deadline.Token);
            return TypedResults.Json(status, ApiJson.Default.ProvidersResponse);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or OperationCanceledException or JsonException or TimeoutException)
        {
            return new ApiProblem(
                StatusCodes.Status503ServiceUnavailable,
                ErrorCodes.Unavailable,
                "The worker does not answer; try again in a moment.");
        }
    }
}

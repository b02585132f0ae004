using Microsoft.Extensions.Options;
using Trading.Data.Schema;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Caching;

/// <summary>Makes the answers that everybody asks for as soon as the database is there, before anybody asks.</summary>
internal sealed partial class CacheWarming(
    EndpointDataSource endpoints,
    EndpointCache cache,
    SchemaState schema,
    IServiceScopeFactory scopes,
    IOptions<CacheOptions> options,
    ILogger<CacheWarming> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Warm)
        {
            return;
        }

        await schema.WhenReady.WaitAsync(stoppingToken);
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<CachedEndpoint>() is { Warm: true, PerUser: false } cached)
            {
                await WarmAsync(endpoint, cached, stoppingToken);
            }
        }
    }

    private async Task WarmAsync(RouteEndpoint endpoint, CachedEndpoint cached, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = stoppingToken };
            context.Request.Method = HttpMethods.Get;
            context.Request.Path = endpoint.RoutePattern.RawText;
            context.SetEndpoint(endpoint);
            await cache.AnswerAsync(context, cached, endpoint.RequestDelegate!);
            LogWarmed(endpoint.DisplayName, context.Response.StatusCode);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // Whoever asks first makes it then.
            LogCold(endpoint.DisplayName, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Endpoint} is in the cache: {Status}")]
    private partial void LogWarmed(string? endpoint, int status);

    [LoggerMessage(LogLevel.Debug, "{Endpoint} is not in the cache yet: {Reason}")]
    private partial void LogCold(string? endpoint, string reason);
}

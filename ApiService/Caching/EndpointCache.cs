using Trading.ApiService.Auth;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Caching;

/// <summary>Answers requests from the cache, and caches what endpoints answer.</summary>
internal sealed class EndpointCache(TradingCache cache)
{
    private static readonly CachedAnswerCodec _codec = new();

    public async Task AnswerAsync(HttpContext context, CachedEndpoint endpoint, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || (endpoint.PerUser && context.User.UserId() is null))
        {
            await next(context);
            return;
        }

        var making = new AnswerMaking(context, next);
        var aborted = context.RequestAborted;
        CacheRead<CachedAnswer> read;
        try
        {
            read = await cache.GetAsync(
                CacheKey.Of(context, NameOf(context), endpoint.PerUser),
                cache.Kind(endpoint.Kind),
                endpoint.TagsOf(context.Request),
                _codec,
                making.RunAsync,
                aborted);
        }
        finally
        {
            // The handler may run on for others, who wait for it: the request must not end before it does.
            await making.EndAsync();
        }

        await SendAsync(context, read, making, next);
    }

    private static async Task SendAsync(
        HttpContext context, CacheRead<CachedAnswer> read, AnswerMaking making, RequestDelegate next)
    {
        if (read.Value is { } answer)
        {
            await answer.SendAsync(context, read.Source);
        }
        else if (making.HasRun)
        {
            await making.SendAsync();
        }
        else
        {
            // Whoever was waited for got an answer of its own, such as a problem.
            await next(context);
        }
    }

    private static string NameOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? context.Request.Path;
}

internal static class EndpointCacheMiddleware
{
    public static IApplicationBuilder UseEndpointCache(this IApplicationBuilder app) => app.Use(next => context =>
        context.GetEndpoint()?.Metadata.GetMetadata<CachedEndpoint>() is { } endpoint
            ? context.RequestServices.GetRequiredService<EndpointCache>().AnswerAsync(context, endpoint, next)
            : next(context));
}

using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Caching;

/// <summary>Marks an endpoint whose answers are cached.</summary>
/// <param name="Kind">How long, one of <see cref="CacheKinds"/>.</param>
/// <param name="TagsOf">What a request's answer is made of, of a few sets that do not change.</param>
/// <param name="PerUser">Whether each user has answers of their own; strangers are not served from the cache then.</param>
/// <param name="Warm">Whether the answer without parameters is made when the service starts.</param>
internal sealed record CachedEndpoint(string Kind, Func<HttpRequest, string[]> TagsOf, bool PerUser, bool Warm);

internal static class CachedEndpointExtensions
{
    /// <summary>
    /// Caches the endpoint's answers of 200, for all who may ask or for each user, and answers <c>If-None-Match</c> from them.
    /// Who may ask is decided before: authorisation is never cached.
    /// </summary>
    public static RouteHandlerBuilder Cached(
        this RouteHandlerBuilder endpoint, string kind, string[] tags, bool perUser = false, bool warm = false) =>
        endpoint.Cached(kind, _ => tags, perUser, warm);

    /// <summary>The same, where it depends on the request what an answer is made of.</summary>
    public static RouteHandlerBuilder Cached(
        this RouteHandlerBuilder endpoint,
        string kind,
        Func<HttpRequest, string[]> tagsOf,
        bool perUser = false,
        bool warm = false)
    {
        if (!CacheKinds.Lifetimes.ContainsKey(kind))
        {
            throw new ArgumentException($"{kind} is no kind of data.", nameof(kind));
        }

        return endpoint.WithMetadata(new CachedEndpoint(kind, tagsOf, perUser, warm));
    }
}

using System.Globalization;
using StackExchange.Redis;
using Trading.Contracts;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Monitoring;

/// <summary>What Redis says of itself, and what this replica cached.</summary>
internal sealed class RedisFigures(IServiceProvider services, TradingCache cache, TimeProvider time)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(500);

    public async Task<CacheResponse> ReadAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IConnectionMultiplexer>() is not { IsConnected: true } redis)
        {
            return Away();
        }

        try
        {
            var database = redis.GetDatabase();
            var keys = (long)await database.ExecuteAsync("DBSIZE").WaitAsync(_timeout, time, cancellationToken);
            var info = (string?)await database.ExecuteAsync("INFO").WaitAsync(_timeout, time, cancellationToken) ?? "";
            var figures = info.Split("\r\n").Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
                .ToDictionary(pair => pair[0], pair => pair[1]);
            return new CacheResponse(
                "redis",
                keys,
                NumberOf(figures, "used_memory"),
                NumberOf(figures, "keyspace_hits"),
                NumberOf(figures, "keyspace_misses"),
                NumberOf(figures, "connected_clients"),
                UseOf(cache.Statistics));
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return Away();
        }
    }

    private CacheResponse Away() => new("memory", null, null, null, null, null, UseOf(cache.Statistics));

    private static CacheUseResponse UseOf(CacheStatistics use)
    {
        var hits = use.Kinds.Sum(kind => kind.MemoryHits + kind.RedisHits);
        var answers = hits + use.Kinds.Sum(kind => kind.Misses);
        return new CacheUseResponse(
            use.Entries,
            use.Bytes,
            answers == 0 ? null : Math.Round(hits / (double)answers, 4),
            use.Evicted,
            use.Refused,
            use.Unsound,
            use.Invalidations,
            [.. use.Kinds.Select(kind => new CacheKindResponse(
                kind.Name, kind.Lifetime.TotalSeconds, kind.MemoryHits, kind.RedisHits, kind.Misses, kind.Joined))]);
    }

    private static long? NumberOf(Dictionary<string, string> figures, string name) =>
        figures.TryGetValue(name, out var text)
        && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

using System.Globalization;
using StackExchange.Redis;
using Trading.Contracts;

namespace Trading.ApiService.Monitoring;

/// <summary>What Redis says of itself.</summary>
internal sealed class RedisFigures(IServiceProvider services, TimeProvider time)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(500);
    private static readonly CacheResponse _away = new("memory", null, null, null, null, null);

    public async Task<CacheResponse> ReadAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IConnectionMultiplexer>() is not { IsConnected: true } redis)
        {
            return _away;
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
                NumberOf(figures, "connected_clients"));
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return _away;
        }
    }

    private static long? NumberOf(Dictionary<string, string> figures, string name) =>
        figures.TryGetValue(name, out var text)
        && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

using StackExchange.Redis;
using Trading.ServiceDefaults.Redis;

namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// Tells replicas what is stale. Versions in Redis are raised first, so that who hears of it finds nothing stale there; a
/// replica that may have missed a message, as its connection was lost, trusts nothing from before.
/// </summary>
internal sealed class CacheChannel
{
    private const char Tags = 't';
    private const char Pattern = 'p';
    private const char All = 'a';

    private static readonly RedisChannel _channel = new("cache:stale", RedisChannel.PatternMode.Literal);

    private readonly string _origin = Guid.NewGuid().ToString("N");
    private readonly RedisGate _gate;
    private readonly SharedVersions _versions;
    private readonly TradingCache _cache;
    private bool _subscribed;
    private bool _hasMissed;

    public CacheChannel(RedisGate gate, SharedVersions versions, TradingCache cache)
    {
        (_gate, _versions, _cache) = (gate, versions, cache);
        gate.Returned += CatchUpAsync;
    }

    public Task TellTagsAsync(string[] tags) => TellAsync(
        database => Task.WhenAll(tags.Select(tag => _versions.RaiseAsync(database, tag))), Tags, string.Join('\n', tags));

    public Task TellPatternAsync(KeyPattern pattern) => TellAsync(
        database => _versions.RaiseMatchingAsync(database, pattern), Pattern, pattern.ToString());

    public Task TellAllAsync() => TellAsync(_versions.RaiseAllAsync, All, "");

    private async Task TellAsync(Func<IDatabase, Task> raise, char what, string which)
    {
        var (answered, _) = await _gate.AskAsync(async database =>
        {
            await raise(database);
            return await database.PublishAsync(_channel, $"{_origin}{what}{which}");
        });
        if (!answered)
        {
            // What Redis holds when it is back may be of before this.
            Volatile.Write(ref _hasMissed, true);
        }
    }

    private async Task CatchUpAsync(IConnectionMultiplexer redis, CancellationToken cancellationToken)
    {
        if (!_subscribed)
        {
            await redis.GetSubscriber().SubscribeAsync(_channel, (_, message) => Hear((string?)message));
            // The client keeps the subscription over lost connections.
            _subscribed = true;
        }

        if (Volatile.Read(ref _hasMissed))
        {
            await _versions.RaiseAllAsync(redis.GetDatabase());
            await redis.GetSubscriber().PublishAsync(_channel, $"{_origin}{All}");
            Volatile.Write(ref _hasMissed, false);
        }

        _cache.ForgetAll();
    }

    private void Hear(string? message)
    {
        if (message is null || message.Length <= _origin.Length || message.StartsWith(_origin, StringComparison.Ordinal))
        {
            return;
        }

        var which = message[(_origin.Length + 1)..];
        switch (message[_origin.Length])
        {
            case Tags:
                _cache.ForgetTags(which.Split('\n'));
                break;
            case Pattern when KeyPattern.IsValid(which):
                _cache.ForgetMatching(new KeyPattern(which));
                break;
            case All:
                _cache.ForgetAll();
                break;
        }
    }
}

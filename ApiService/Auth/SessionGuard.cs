using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Trading.ApiService.Edge;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>
/// Knows which sessions and keys are open. PostgreSQL is the truth; what was read is believed for two seconds, and an end
/// is told to every replica over Redis, so that it holds at once.
/// </summary>
internal sealed partial class SessionGuard(
    SessionStore sessions,
    ApiKeyStore keys,
    IServiceProvider services,
    IOptionsMonitor<AuthOptions> options,
    TimeProvider time,
    ILogger<SessionGuard> logger) : BackgroundService
{
    private const int MostKnown = 100_000;
    private static readonly RedisChannel _channel = new("auth:revoked", RedisChannel.PatternMode.Literal);
    private static readonly TimeSpan _subscribeEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, Known> _sessions = new();
    private readonly KeyCache _keys = new(time);

    /// <summary>Raised with each session that ended, here or at another replica.</summary>
    public event Action<Guid>? Ended;

    public async ValueTask<bool> IsOpenAsync(Guid session, CancellationToken cancellationToken)
    {
        if (_sessions.TryGetValue(session, out var known) && IsFresh(known.ReadAt))
        {
            return known.Value;
        }

        try
        {
            var open = await sessions.IsOpenAsync(session, Now, cancellationToken);
            Keep(session, open);
            return open;
        }
        catch (Exception error) when (known is not null && StoreFailures.IsAway(error))
        {
            // The access token's own end bounds how long this is believed.
            return known.Value;
        }
    }

    public async ValueTask<KeyHolder?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var text = Convert.ToHexStringLower(hash);
        var known = _keys.Find(text);
        if (known is { } fresh && fresh.Age < options.CurrentValue.SessionCheckEvery)
        {
            return fresh.Holder;
        }

        try
        {
            var holder = await keys.FindAsync(hash, Now, cancellationToken);
            _keys.Keep(text, holder);
            return holder;
        }
        catch (Exception error) when (known is not null && StoreFailures.IsAway(error))
        {
            return known.Value.Holder;
        }
    }

    /// <summary>Tells every replica, this one first.</summary>
    public async Task EndAsync(IEnumerable<Guid> ended)
    {
        foreach (var session in ended)
        {
            Forget(session.ToString());
            await PublishAsync(session.ToString());
        }
    }

    public async Task EndKeysAsync(IEnumerable<byte[]> hashes)
    {
        foreach (var hash in hashes)
        {
            Forget(Convert.ToHexStringLower(hash));
            await PublishAsync(Convert.ToHexStringLower(hash));
        }
    }

    /// <summary>Forgets every key: which are whose is not known here.</summary>
    public async Task EndAllKeysAsync()
    {
        Forget(AllKeys);
        await PublishAsync(AllKeys);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscribed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!subscribed && services.GetService<IConnectionMultiplexer>() is { IsConnected: true } redis)
                {
                    await redis.GetSubscriber().SubscribeAsync(_channel, (_, message) => Forget((string?)message ?? ""));
                    subscribed = true;
                }
            }
            catch (Exception error) when (error is RedisException or TimeoutException)
            {
                LogUnsubscribed(error.Message);
            }

            await Task.Delay(_subscribeEvery, time, stoppingToken);
            await ForgetOldAsync(stoppingToken);
        }
    }

    private const string AllKeys = "*";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private void Forget(string ended)
    {
        if (Guid.TryParse(ended, out var session))
        {
            _sessions[session] = new Known(false, time.GetTimestamp());
            Ended?.Invoke(session);
        }
        else if (ended == AllKeys)
        {
            _keys.Clear();
        }
        else
        {
            _keys.Forget(ended);
        }
    }

    private async Task PublishAsync(string ended)
    {
        try
        {
            if (services.GetService<IConnectionMultiplexer>() is { IsConnected: true } redis)
            {
                await redis.GetSubscriber().PublishAsync(_channel, ended).WaitAsync(TimeSpan.FromMilliseconds(250), time);
            }
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            LogUnpublished(error.Message);
        }
    }

    private bool IsFresh(long readAt) => time.GetElapsedTime(readAt) < options.CurrentValue.SessionCheckEvery;

    private void Keep(Guid session, bool isOpen)
    {
        if (_sessions.Count < MostKnown)
        {
            _sessions[session] = new Known(isOpen, time.GetTimestamp());
        }
    }

    private Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var oldest = options.CurrentValue.AccessTokenLifetime;
        foreach (var (session, known) in _sessions)
        {
            if (time.GetElapsedTime(known.ReadAt) > oldest)
            {
                _sessions.TryRemove(session, out _);
            }
        }

        _keys.ForgetOlder(oldest, options.CurrentValue.SessionCheckEvery);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "Ends of sessions are not heard over Redis yet: {Reason}")]
    private partial void LogUnsubscribed(string reason);

    [LoggerMessage(LogLevel.Warning, "The end of a session was not told over Redis; other replicas read it soon: {Reason}")]
    private partial void LogUnpublished(string reason);

    private sealed record Known(bool Value, long ReadAt);
}

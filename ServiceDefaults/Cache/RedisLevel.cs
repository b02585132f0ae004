using StackExchange.Redis;
using Trading.ServiceDefaults.Redis;

namespace Trading.ServiceDefaults.Cache;

/// <summary>Values in Redis, for all replicas of a build.</summary>
internal sealed class RedisLevel(RedisGate gate, SharedVersions versions, string prefix, CacheOptions options)
{
    private const long MostWaiting = 32 * 1024 * 1024;

    private long _unsound;
    private long _waiting;

    public bool IsAsked => gate.IsOpen;

    /// <summary>What Redis held that was no value of ours.</summary>
    public long Unsound => Volatile.Read(ref _unsound);

    /// <summary>
    /// What Redis has of a key, with the time it has left; and under which versions a value is to be stored that is read
    /// from now on. No versions where Redis is not there.
    /// </summary>
    public async Task<RedisAnswer> FindAsync(string key, string[] tags)
    {
        var (answered, (found, current)) = await gate.AskAsync(async database =>
        {
            // One after the other on one connection, without waiting in between.
            var value = ReadAsync(database, key);
            var under = versions.ReadAsync(database, key, tags);
            return (await value, await under);
        });
        if (!answered)
        {
            return default;
        }

        if ((byte[]?)found.Value is not { } bytes || found.Expiry is not { } left)
        {
            return new(null, default, current);
        }

        if (!CacheEnvelope.IsSound(bytes, options.LargestValue, out var under) || !CacheEnvelope.TryOpen(bytes, out var value))
        {
            CountUnsound();
            return new(null, default, current);
        }

        return under == current ? new(value, left, current) : new(null, default, current);
    }

    /// <summary>
    /// Stores a value that was read under versions, and gives its bytes back. Nobody waits for it, nor for its
    /// compression; where too many wait for theirs already it is left out.
    /// </summary>
    public void Store(string key, PooledBytes value, TimeSpan lifetime, ulong versions)
    {
        var length = value.Written.Length;
        if (Interlocked.Add(ref _waiting, length) > MostWaiting)
        {
            Interlocked.Add(ref _waiting, -length);
            value.Dispose();
            return;
        }

        _ = Task.Run(() =>
        {
            var bytes = Seal(value, versions);
            Interlocked.Add(ref _waiting, -length);
            return gate.AskAsync(database => database.StringSetAsync(KeyOf(key), bytes, lifetime));
        });
    }

    public void CountUnsound() => Interlocked.Increment(ref _unsound);

    private byte[] Seal(PooledBytes value, ulong versions)
    {
        using (value)
        {
            return CacheEnvelope.Seal(value.Written, versions, options.CompressAbove);
        }
    }

    // Something of another type under the key is no reason to give Redis up.
    private async Task<RedisValueWithExpiry> ReadAsync(IDatabase database, string key)
    {
        try
        {
            return await database.StringGetWithExpiryAsync(KeyOf(key));
        }
        catch (RedisServerException)
        {
            CountUnsound();
            return default;
        }
    }

    private RedisKey KeyOf(string key) => prefix + "value:" + key;
}

/// <summary>What Redis has of a key.</summary>
/// <param name="Value">The value; null where there is none that is fresh.</param>
/// <param name="Left">How long it still lives.</param>
/// <param name="Versions">The versions of now; null where Redis is not there.</param>
internal readonly record struct RedisAnswer(byte[]? Value, TimeSpan Left, ulong? Versions);

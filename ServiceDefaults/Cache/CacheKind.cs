namespace Trading.ServiceDefaults.Cache;

/// <summary>A kind of data, its lifetime, and what became of those who asked for it in this process.</summary>
public sealed class CacheKind
{
    private long _memoryHits;
    private long _redisHits;
    private long _misses;
    private long _joined;

    internal CacheKind(string name, TimeSpan lifetime) => (Name, Lifetime) = (name, lifetime);

    /// <summary>One of <see cref="CacheKinds"/>.</summary>
    public string Name { get; }

    /// <summary>The longest that a value lives.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>Answers from this process' memory.</summary>
    public long MemoryHits => Volatile.Read(ref _memoryHits);

    /// <summary>Answers from Redis.</summary>
    public long RedisHits => Volatile.Read(ref _redisHits);

    /// <summary>Reads at the source.</summary>
    public long Misses => Volatile.Read(ref _misses);

    /// <summary>Those who waited for a read that another had begun.</summary>
    public long Joined => Volatile.Read(ref _joined);

    internal void CountMemoryHit() => Interlocked.Increment(ref _memoryHits);

    internal void CountRedisHit() => Interlocked.Increment(ref _redisHits);

    internal void CountMiss() => Interlocked.Increment(ref _misses);

    internal void CountJoined() => Interlocked.Increment(ref _joined);
}

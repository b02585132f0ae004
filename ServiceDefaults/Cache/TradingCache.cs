using System.Collections.Concurrent;
using System.Collections.Frozen;
using Trading.ServiceDefaults.Redis;

namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// A cache of two levels: this process' memory, and Redis for all replicas of a build. However many ask for a value that
/// is not there, this process reads it once. Without Redis it goes on in memory alone; no request waits for Redis longer than
/// <see cref="RedisGate.Patience"/>, and none at all while it is known to be away.
/// </summary>
public sealed class TradingCache
{
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, CacheKind> _kinds;
    private readonly TagGenerations _tags = new();
    private readonly MemoryLevel _memory;
    private readonly RedisLevel _redis;
    private readonly CacheChannel _channel;
    private readonly CacheOptions _options;
    private long _invalidations;

    internal TradingCache(RedisGate gate, CacheOptions options, string build, TimeProvider time)
    {
        _options = options;
        _kinds = options.Lifetimes.ToFrozenDictionary(
            pair => pair.Key, pair => new CacheKind(pair.Key, pair.Value), StringComparer.Ordinal);
        _memory = new MemoryLevel(options.MemoryEntries, options.MemoryBytes, _tags, time);
        // Another build may write other values under the same keys.
        var prefix = $"cache:{build}:";
        var versions = new SharedVersions(prefix);
        _redis = new RedisLevel(gate, versions, prefix, options);
        _channel = new CacheChannel(gate, versions, this);
    }

    /// <summary>What the cache did and holds in this process.</summary>
    public CacheStatistics Statistics => new(
        _redis.IsAsked,
        _memory.Count,
        _memory.Bytes,
        _memory.Evicted,
        _memory.Refused,
        _redis.Unsound,
        Volatile.Read(ref _invalidations),
        [.. _kinds.Values.OrderBy(kind => kind.Name, StringComparer.Ordinal)]);

    /// <summary>A kind of data.</summary>
    /// <param name="name">One of <see cref="CacheKinds"/>.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public CacheKind Kind(string name) => _kinds.TryGetValue(name, out var kind)
        ? kind
        : throw new ArgumentException($"{name} is no kind of data; there are {string.Join(", ", _kinds.Keys)}.", nameof(name));

    /// <summary>The value of a key: from memory, from Redis, or read anew and kept in both.</summary>
    /// <param name="key">Names the value, for all replicas.</param>
    /// <param name="kind">How long it lives.</param>
    /// <param name="tags">What it was made of; always the same for a key, and never changed.</param>
    /// <param name="codec">How it is written for Redis.</param>
    /// <param name="read">
    /// Reads it. Returns null for what is not to be kept; what it throws is thrown to all who wait, and not kept. Its token
    /// is cancelled when nobody waits any more. Where it throws <see cref="ReaderGoneException"/>, another who waits reads.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; the read goes on for the others.</param>
    public ValueTask<CacheRead<T>> GetAsync<T>(
        string key,
        CacheKind kind,
        string[] tags,
        CacheCodec<T> codec,
        Func<CancellationToken, Task<T?>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (_memory.TryGet<T>(key, out var value))
        {
            kind.CountMemoryHit();
            return new(new CacheRead<T>(value, CacheSource.Memory));
        }

        return new(JoinAsync(key, kind, tags, codec, read, cancellationToken));
    }

    /// <summary>Makes all values with any of some tags stale: here at once, at other replicas as soon as they hear of it.</summary>
    /// <param name="tags">The tags.</param>
    public Task InvalidateAsync(params string[] tags) =>
        InvalidateAsync(() => ForgetTags(tags), () => _channel.TellTagsAsync(tags));

    /// <summary>Makes all values stale whose key matches a pattern.</summary>
    /// <param name="pattern">Such as <c>GetBars*AAPL*</c>.</param>
    /// <exception cref="ArgumentException">It is empty, too long, or has control characters.</exception>
    public Task InvalidateMatchingAsync(string pattern)
    {
        if (!KeyPattern.IsValid(pattern))
        {
            throw new ArgumentException($"A pattern has 1 to {KeyPattern.Longest} printable characters.", nameof(pattern));
        }

        var matching = new KeyPattern(pattern);
        return InvalidateAsync(() => ForgetMatching(matching), () => _channel.TellPatternAsync(matching));
    }

    /// <summary>Makes every value stale.</summary>
    public Task InvalidateAllAsync() => InvalidateAsync(ForgetAll, _channel.TellAllAsync);

    internal void ForgetTags(IEnumerable<string> tags)
    {
        foreach (var tag in tags)
        {
            _tags.Raise(tag);
        }
    }

    internal void ForgetMatching(KeyPattern pattern)
    {
        // First what is being read: it may be of before, and would be kept after.
        foreach (var (key, flight) in _flights)
        {
            if (pattern.Matches(key))
            {
                flight.Outdate();
                _flights.TryRemove(new(key, flight));
            }
        }

        _memory.RemoveMatching(pattern);
    }

    internal void ForgetAll() => _tags.RaiseAll();

    // Twice: until Redis was told, what is stale there may have come back here.
    private async Task InvalidateAsync(Action forget, Func<Task> tell)
    {
        Interlocked.Increment(ref _invalidations);
        forget();
        await tell();
        forget();
    }

    private async Task<CacheRead<T>> JoinAsync<T>(
        string key,
        CacheKind kind,
        string[] tags,
        CacheCodec<T> codec,
        Func<CancellationToken, Task<T?>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var flight = FindFlight<T>(key, tags, out var isMine);
            try
            {
                if (isMine)
                {
                    _ = FlyAsync(flight, key, kind, codec, read);
                }
                else
                {
                    kind.CountJoined();
                }

                return await flight.Landed.WaitAsync(cancellationToken);
            }
            catch (ReaderGoneException) when (!isMine)
            {
                // Whoever began left before anything was read: one of those who stayed does.
                cancellationToken.ThrowIfCancellationRequested();
            }
            finally
            {
                flight.Leave();
            }
        }
    }

    // What began before an invalidation is not for those who ask after it.
    private Flight<T> FindFlight<T>(string key, string[] tags, out bool isMine)
        where T : class
    {
        var mine = new Flight<T>(_tags.Now(tags));
        while (true)
        {
            var flight = _flights.GetOrAdd(key, mine);
            isMine = ReferenceEquals(flight, mine);
            if (flight is Flight<T> known && (isMine || _tags.IsCurrent(flight.Stamp)) && flight.TryJoin())
            {
                return known;
            }

            _flights.TryRemove(new(key, flight));
        }
    }

    private async Task FlyAsync<T>(
        Flight<T> flight, string key, CacheKind kind, CacheCodec<T> codec, Func<CancellationToken, Task<T?>> read)
        where T : class
    {
        try
        {
            var landed = await FetchAsync(flight, key, kind, codec, read);
            _flights.TryRemove(new(key, flight));
            flight.Land(landed);
        }
        catch (Exception error)
        {
            _flights.TryRemove(new(key, flight));
            flight.Fail(error);
        }
        finally
        {
            flight.Dispose();
        }
    }

    private async Task<CacheRead<T>> FetchAsync<T>(
        Flight<T> flight, string key, CacheKind kind, CacheCodec<T> codec, Func<CancellationToken, Task<T?>> read)
        where T : class
    {
        // It may have been read between this one's look into memory and its asking for a flight.
        if (_memory.TryPeek<T>(key, out var kept))
        {
            kind.CountMemoryHit();
            return new(kept, CacheSource.Memory);
        }

        var found = await _redis.FindAsync(key, flight.Stamp.Tags);
        if (found.Value is { } bytes)
        {
            if (codec.TryRead(bytes, out var known))
            {
                kind.CountRedisHit();
                KeepInMemory(flight, key, known, bytes.Length, found.Left);
                return new(known, CacheSource.Redis);
            }

            _redis.CountUnsound();
        }

        kind.CountMiss();
        var value = await read(flight.Abandoned);
        if (value is not null)
        {
            var written = new PooledBytes();
            codec.Write(value, written);
            Keep(flight, key, kind, written, value, found.Versions);
        }

        return new(value, CacheSource.Read);
    }

    private void Keep(Flight flight, string key, CacheKind kind, PooledBytes written, object value, ulong? versions)
    {
        // What is outdated already would only take the place of what was read after it.
        var length = written.Written.Length;
        if (length > _options.LargestValue || IsOutdated(flight))
        {
            written.Dispose();
            return;
        }

        var lifetime = kind.Lifetime * (1 - (_options.Jitter * Random.Shared.NextDouble()));
        KeepInMemory(flight, key, value, length, lifetime);
        if (versions is { } under)
        {
            _redis.Store(key, written, lifetime, under);
        }
        else
        {
            written.Dispose();
        }
    }

    private void KeepInMemory(Flight flight, string key, object value, int length, TimeSpan lifetime)
    {
        if (!IsOutdated(flight))
        {
            _memory.Set(key, value, length, lifetime, flight.Stamp);
        }
    }

    private bool IsOutdated(Flight flight) => flight.IsOutdated || !_tags.IsCurrent(flight.Stamp);
}

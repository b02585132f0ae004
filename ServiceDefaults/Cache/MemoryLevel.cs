using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// Values in memory, bounded by their number and their bytes. What is asked for often stays: a newcomer takes the place of
/// the least asked for among a few at random, and only where it was asked for more often itself (TinyLFU, with victims
/// sampled as Redis does). A read takes no lock.
/// </summary>
internal sealed class MemoryLevel(long maxEntries, long maxBytes, TagGenerations tags, TimeProvider time)
{
    private const int Sampled = 16;
    private const int Overhead = 200;

    private readonly ConcurrentDictionary<string, MemoryEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<MemoryEntry> _slots = [];
    private readonly FrequencySketch _asked = new((int)Math.Min(maxEntries, 1 << 24));
    private readonly Random _random = new(17);
    private readonly Lock _gate = new();
    private long _bytes;
    private long _evicted;
    private long _refused;

    public int Count => _entries.Count;

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Values that made room for others.</summary>
    public long Evicted => Volatile.Read(ref _evicted);

    /// <summary>Values that were not kept, as all those there were asked for more often.</summary>
    public long Refused => Volatile.Read(ref _refused);

    public bool TryGet<T>(string key, [NotNullWhen(true)] out T? value)
        where T : class
    {
        _asked.Count(string.GetHashCode(key, StringComparison.Ordinal));
        return TryPeek(key, out value);
    }

    /// <summary>The same, and not counted: for who has asked already.</summary>
    public bool TryPeek<T>(string key, [NotNullWhen(true)] out T? value)
        where T : class
    {
        if (_entries.TryGetValue(key, out var entry) && IsLive(entry, time.GetTimestamp()))
        {
            value = entry.Value as T;
            return value is not null;
        }

        value = null;
        return false;
    }

    public void Set(string key, object value, int length, TimeSpan lifetime, TagStamp stamp)
    {
        var now = time.GetTimestamp();
        var bytes = length + ((long)key.Length * sizeof(char)) + Overhead;
        var entry = new MemoryEntry(
            key, value, bytes, now + (long)(lifetime.TotalSeconds * time.TimestampFrequency), stamp);
        if (bytes > maxBytes)
        {
            return;
        }

        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var former))
            {
                Remove(former);
            }

            while (_slots.Count >= maxEntries || _bytes + bytes > maxBytes)
            {
                if (!TryEvict(key, now))
                {
                    _refused++;
                    return;
                }
            }

            Add(entry);
        }
    }

    /// <summary>Removes what has a key that matches.</summary>
    public void RemoveMatching(KeyPattern pattern)
    {
        foreach (var (key, entry) in _entries)
        {
            if (pattern.Matches(key))
            {
                lock (_gate)
                {
                    Remove(entry);
                }
            }
        }
    }

    private bool IsLive(MemoryEntry entry, long now) => now < entry.ExpiresAt && tags.IsCurrent(entry.Stamp);

    private bool TryEvict(string newcomer, long now)
    {
        MemoryEntry? victim = null;
        var least = int.MaxValue;
        for (var sample = 0; sample < Sampled; sample++)
        {
            var entry = _slots[_random.Next(_slots.Count)];
            var asked = IsLive(entry, now) ? FrequencyOf(entry.Key) : -1;
            if (asked < least)
            {
                (victim, least) = (entry, asked);
            }
        }

        if (least >= FrequencyOf(newcomer))
        {
            return false;
        }

        Remove(victim!);
        _evicted++;
        return true;
    }

    private int FrequencyOf(string key) => _asked.Estimate(string.GetHashCode(key, StringComparison.Ordinal));

    private void Add(MemoryEntry entry)
    {
        entry.Slot = _slots.Count;
        _slots.Add(entry);
        _entries[entry.Key] = entry;
        _bytes += entry.Bytes;
    }

    // The last one moves into the gap.
    private void Remove(MemoryEntry entry)
    {
        if (entry.Slot < 0)
        {
            return;
        }

        var last = _slots[^1];
        _slots[entry.Slot] = last;
        last.Slot = entry.Slot;
        _slots.RemoveAt(_slots.Count - 1);
        entry.Slot = -1;
        _entries.TryRemove(new(entry.Key, entry));
        _bytes -= entry.Bytes;
    }
}

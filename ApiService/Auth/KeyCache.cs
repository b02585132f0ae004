using System.Collections.Concurrent;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>
/// What was read of API keys lately. Those that are nobody's are apart, and few: who makes keys up must not take the place
/// of those that are somebody's.
/// </summary>
internal sealed class KeyCache(TimeProvider time)
{
    private const int MostKnown = 100_000;
    private const int MostUnknown = 10_000;

    private readonly ConcurrentDictionary<string, Reading> _known = new();
    private readonly ConcurrentDictionary<string, Reading> _unknown = new();

    /// <summary>Whose a key was, and how long ago that was read; null where it was not read.</summary>
    public (KeyHolder? Holder, TimeSpan Age)? Find(string key) =>
        _known.TryGetValue(key, out var read) || _unknown.TryGetValue(key, out read)
            ? (read.Holder, time.GetElapsedTime(read.At))
            : null;

    public void Keep(string key, KeyHolder? holder)
    {
        var (to, most) = holder is null ? (_unknown, MostUnknown) : (_known, MostKnown);
        if (holder is null)
        {
            _known.TryRemove(key, out _);
        }

        if (to.Count < most)
        {
            to[key] = new Reading(holder, time.GetTimestamp());
        }
    }

    public void Forget(string key)
    {
        _known.TryRemove(key, out _);
        _unknown.TryRemove(key, out _);
    }

    public void Clear()
    {
        _known.Clear();
        _unknown.Clear();
    }

    /// <summary>Drops what was read longer ago than it is of use.</summary>
    public void ForgetOlder(TimeSpan known, TimeSpan unknown)
    {
        Drop(_known, known);
        Drop(_unknown, unknown);
    }

    private void Drop(ConcurrentDictionary<string, Reading> readings, TimeSpan oldest)
    {
        foreach (var (key, read) in readings)
        {
            if (time.GetElapsedTime(read.At) > oldest)
            {
                readings.TryRemove(key, out _);
            }
        }
    }

    private sealed record Reading(KeyHolder? Holder, long At);
}

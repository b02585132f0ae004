using System.Collections.Concurrent;

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>
/// What is kept of each caller, forgotten a window after its last request. Strangers cannot fill the memory: beyond a
/// number of callers those without a refusal are forgotten at once; what Redis counted of them stays there.
/// </summary>
internal sealed class Partitions<T>(long window, Func<UInt128, T> make)
    where T : class, IPartition
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<UInt128, T> _all = new();
    private int _count;
    private long _sweepAt;

    public int Count => Volatile.Read(ref _count);

    public T Of(UInt128 partition, long now)
    {
        if (now >= Volatile.Read(ref _sweepAt))
        {
            Sweep(now);
        }

        return _all.TryGetValue(partition, out var known) ? known : Add(partition, now);
    }

    private T Add(UInt128 partition, long now)
    {
        if (Interlocked.Increment(ref _count) > Most)
        {
            Sweep(now, all: true);
        }

        return _all.GetOrAdd(partition, make);
    }

    private void Sweep(long now, bool all = false)
    {
        var at = Volatile.Read(ref _sweepAt);
        if ((now < at && !all) || Interlocked.CompareExchange(ref _sweepAt, now + window, at) != at)
        {
            return;
        }

        foreach (var (partition, kept) in _all)
        {
            if (!kept.IsInUse && (all || now - kept.UsedAt > window))
            {
                _all.TryRemove(partition, out _);
            }
        }

        Volatile.Write(ref _count, _all.Count);
    }
}

internal interface IPartition
{
    /// <summary>Whether forgetting it would let through what is refused now, or lose what has to be given back.</summary>
    bool IsInUse { get; }

    long UsedAt { get; }
}

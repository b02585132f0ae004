using Trading.Data.Locks;

namespace Trading.PricingWorker.Sharing;

/// <summary>The shards that a worker has at a time, each with the token of its lease. It does not change.</summary>
internal sealed class OwnShards
{
    private readonly SharedLock?[] _locks;

    public OwnShards(SharedLock?[] locks)
    {
        _locks = locks;
        Fences = [.. locks.Index().Where(one => one.Item is not null).Select(one => new ShardFence(one.Index, one.Item!.Token))];
    }

    public static OwnShards None { get; } = new(new SharedLock?[Shard.Count]);

    /// <summary>What a frame shows of its right to be published.</summary>
    public ShardFence[] Fences { get; }

    public int Count => Fences.Length;

    public bool Has(string ticker) => _locks[Shard.Of(ticker)] is not null;

    /// <summary>Whether a ticker's shard is had by the lease of before, or by any where that is not known.</summary>
    public bool HasSince(OwnShards? before, string ticker) =>
        _locks[Shard.Of(ticker)] is { } own && (before is null || ReferenceEquals(own, before._locks[Shard.Of(ticker)]));

    /// <summary>Whether the lease of a ticker's shard has not run out this instant.</summary>
    public bool Holds(string ticker) => _locks[Shard.Of(ticker)] is { IsHeld: true };

    /// <summary>Whether none of the leases has run out this instant.</summary>
    public bool HoldsAll()
    {
        foreach (var one in _locks)
        {
            if (one is { IsHeld: false })
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A shard and the token of the lease that a worker has of it.</summary>
internal readonly record struct ShardFence(int Shard, long Token);

using StackExchange.Redis;

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>A limit of how many run at a time. A replica that dies gives back what it held after the rule's window.</summary>
internal sealed class ConcurrencyLimiter : SharedRateLimiter
{
    // A guess, as nobody knows when those that run will end.
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(1);

    private readonly Partitions<Holders> _partitions;

    public ConcurrencyLimiter(RateLimitRule rule, LimitStore store, TimeProvider time)
        : base(rule, store, time) => _partitions = new(rule.WindowMilliseconds, _ => new Holders());

    private protected override int PartitionCount => _partitions.Count;

    public override bool TryAcquire(UInt128 partition, out RateLimitDecision decision)
    {
        decision = default;
        if (Store.IsShared)
        {
            return false;
        }

        decision = Hold(_partitions.Of(partition, Now), null);
        return Count(decision);
    }

    public override async ValueTask<RateLimitDecision> AcquireAsync(
        UInt128 partition, CancellationToken cancellationToken)
    {
        var holders = _partitions.Of(partition, Now);
        var id = Guid.CreateVersion7().ToString("N");
        RedisValue[] arguments = [Rule.Permits, Rule.WindowMilliseconds, id];
        var decision = await Store.RunAsync(RateLimitScripts.Hold, Rule.KeyOf(partition), arguments) switch
        {
            [var held, var left] when (long)held == 1 => Allow(holders, id, (long)left),
            null => Hold(holders, null),
            _ => Refuse(),
        };
        Count(decision);
        return decision;
    }

    public override void Release(UInt128 partition)
    {
        var holders = _partitions.Of(partition, Now);
        if (holders.Remove() is { } id)
        {
            _ = Store.RunAsync(RateLimitScripts.Release, Rule.KeyOf(partition), id);
        }
    }

    public override ValueTask GiveBackAsync(UInt128 partition)
    {
        Release(partition);
        return ValueTask.CompletedTask;
    }

    public override bool IsNews(UInt128 partition)
    {
        var now = Now;
        return _partitions.Of(partition, now).Refusals.IsNews(now, Rule.WindowMilliseconds);
    }

    private static RateLimitDecision Refuse() => new(false, 0, _retryAfter, _retryAfter);

    private RateLimitDecision Hold(Holders holders, string? id) =>
        holders.TryAdd(id, Rule.Permits) is >= 0 and var left ? new(true, left, _retryAfter, TimeSpan.Zero) : Refuse();

    private static RateLimitDecision Allow(Holders holders, string id, long left)
    {
        holders.TryAdd(id, int.MaxValue);
        return new(true, left, _retryAfter, TimeSpan.Zero);
    }

    /// <summary>Who holds permits here, by the id in Redis; null where Redis was not asked.</summary>
    private sealed class Holders : IPartition
    {
        private readonly Stack<string?> _ids = [];
        private readonly Lock _gate = new();

        public bool IsInUse => _ids.Count > 0;

        public long UsedAt => 0;

        public Refusals Refusals { get; } = new();

        public int TryAdd(string? id, int most)
        {
            lock (_gate)
            {
                if (_ids.Count >= most)
                {
                    return -1;
                }

                _ids.Push(id);
                return most - _ids.Count;
            }
        }

        public string? Remove()
        {
            lock (_gate)
            {
                return _ids.TryPop(out var id) ? id : null;
            }
        }
    }
}

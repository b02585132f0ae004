using StackExchange.Redis;

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>One caller of a limit: the block that this process may give from, and how it gets the next.</summary>
internal sealed class WindowPartition(RateLimitRule rule, string key, LimitStore store) : IPartition
{
    private readonly Lock _gate = new();
    private readonly Lazy<LocalLimit> _local = new(() => LocalLimit.Of(rule));
    private volatile PermitBlock _block = PermitBlock.None;
    private Task _refill = Task.CompletedTask;
    private int _waiting;
    private long _usedAt;

    public bool IsInUse => _block.Refuses(UsedAt) || Volatile.Read(ref _waiting) > 0;

    public long UsedAt => Volatile.Read(ref _usedAt);

    public Refusals Refusals { get; } = new();

    public bool TryTake(long askedAt, long now, out RateLimitDecision decision)
    {
        Volatile.Write(ref _usedAt, now);
        if (_block.TryTake(askedAt, now, out decision))
        {
            return true;
        }

        if (store.IsShared)
        {
            return false;
        }

        decision = TakeLocal(now);
        return true;
    }

    public RateLimitDecision TakeLocal(long now)
    {
        var grant = _local.Value.Take(now);
        return new RateLimitDecision(
            grant.Permits > 0,
            grant.Left,
            TimeSpan.FromMilliseconds(grant.ResetAfter),
            TimeSpan.FromMilliseconds(grant.RetryAfter));
    }

    /// <summary>Counts one who waits for a block, so that the next one is large enough for all who do.</summary>
    public Waiting Wait() => new(this);

    /// <summary>
    /// Gets the next block; those who ask at the same time share it. One that came since <paramref name="askedAt"/> is used
    /// up first.
    /// </summary>
    public Task RefillAsync(long askedAt, Func<long> clock)
    {
        lock (_gate)
        {
            return _block.Serves(askedAt) ? Task.CompletedTask
                : _refill.IsCompleted ? _refill = GetAsync(clock) : _refill;
        }
    }

    /// <summary>Takes back a permit that was given and not used.</summary>
    public async Task GiveBackAsync(long now)
    {
        if (!store.IsShared
            || await store.RunAsync(
                RateLimitScripts.ReturnOf(rule.Algorithm), key, rule.Permits, rule.WindowMilliseconds) is null)
        {
            _local.Value.GiveBack(now);
        }

        // There is one again: who was told that there are none is to ask anew.
        if (_block.Refuses(now))
        {
            _block = PermitBlock.None;
        }
    }

    private async Task GetAsync(Func<long> clock)
    {
        var askedAt = clock();
        RedisValue[] arguments = [rule.Permits, rule.WindowMilliseconds, Math.Max(Volatile.Read(ref _waiting), 1)];
        if (await store.RunAsync(RateLimitScripts.Of(rule.Algorithm), key, arguments)
            is [var given, var left, var reset, var lapse, var retry])
        {
            var grant = new Grant((long)given, (long)left, (long)reset, (long)lapse, (long)retry);
            _block = new PermitBlock(grant, askedAt, clock());
        }
    }

    public readonly struct Waiting : IDisposable
    {
        private readonly WindowPartition _partition;

        public Waiting(WindowPartition partition)
        {
            _partition = partition;
            Interlocked.Increment(ref partition._waiting);
        }

        public void Dispose() => Interlocked.Decrement(ref _partition._waiting);
    }
}

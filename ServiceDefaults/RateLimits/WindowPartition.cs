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

    public bool IsInUse => (_block.Refuses && !_block.HasLapsed(UsedAt)) || Volatile.Read(ref _waiting) > 0;

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

    /// <summary>Gets the next block; those who ask at the same time share it.</summary>
    public Task RefillAsync(Func<long> clock)
    {
        lock (_gate)
        {
            return _refill.IsCompleted ? _refill = GetAsync(clock) : _refill;
        }
    }

    private async Task GetAsync(Func<long> clock)
    {
        // Times count from before the call: a block lapses here no later than in Redis.
        var now = clock();
        RedisValue[] arguments = [rule.Permits, rule.WindowMilliseconds, Math.Max(Volatile.Read(ref _waiting), 1)];
        if (await store.RunAsync(RateLimitScripts.Of(rule.Algorithm), key, arguments)
            is [var given, var left, var reset, var lapse, var retry])
        {
            // A refusal's end counts from after it: who comes back then is not too early.
            var grant = new Grant((long)given, (long)left, (long)reset, (long)lapse, (long)retry);
            _block = new PermitBlock(grant, grant.Permits > 0 ? now : clock());
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

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>A limit of which permits are used up.</summary>
internal sealed class WindowLimiter : SharedRateLimiter
{
    private readonly Partitions<WindowPartition> _partitions;

    public WindowLimiter(RateLimitRule rule, LimitStore store, TimeProvider time)
        : base(rule, store, time) => _partitions = new(
            rule.WindowMilliseconds, partition => new WindowPartition(rule, rule.KeyOf(partition), store));

    private protected override int PartitionCount => _partitions.Count;

    public override bool TryAcquire(UInt128 partition, out RateLimitDecision decision)
    {
        var now = Now;
        return _partitions.Of(partition, now).TryTake(now, now, out decision) && Count(decision);
    }

    public override async ValueTask<RateLimitDecision> AcquireAsync(
        UInt128 partition, CancellationToken cancellationToken)
    {
        var askedAt = Now;
        var asked = _partitions.Of(partition, askedAt);
        using var waiting = asked.Wait();

        // Twice at most: a request that others outran both times is decided here, and waits for Redis no longer.
        for (var round = 0; round < 2; round++)
        {
            if (asked.TryTake(askedAt, Now, out var decision))
            {
                Count(decision);
                return decision;
            }

            askedAt = Now;
            await asked.RefillAsync(() => Now).WaitAsync(cancellationToken);
        }

        var last = asked.TryTake(askedAt, Now, out var decided) ? decided : asked.TakeLocal(Now);
        Count(last);
        return last;
    }

    public override void Release(UInt128 partition)
    {
        // What was used up comes back with time.
    }

    public override bool IsNews(UInt128 partition)
    {
        var now = Now;
        return _partitions.Of(partition, now).Refusals.IsNews(now, Rule.WindowMilliseconds);
    }
}

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>A limit of which permits are used up.</summary>
internal sealed class WindowLimiter : SharedRateLimiter
{
    // A busy machine may take long over a few rounds, which is no reason to count alone while Redis answers.
    private const int FewestRounds = 5;

    private static readonly long _longestWait = (long)LimitStore.Patience.TotalMilliseconds;

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
        var cameAt = Now;
        var askedAt = cameAt;
        var asked = _partitions.Of(partition, askedAt);
        using var waiting = asked.Wait();

        RateLimitDecision decision;
        var round = 0;
        while (!asked.TryTake(askedAt, Now, out decision))
        {
            // Each block is large enough for all who wait, but others may be there first. Whoever met that for long
            // is decided here: nobody waits for Redis for ever, were it as slow as it may be.
            askedAt = Now;
            if (round++ >= FewestRounds && askedAt - cameAt > _longestWait)
            {
                decision = asked.TakeLocal(askedAt);
                break;
            }

            await asked.RefillAsync(askedAt, () => Now).WaitAsync(cancellationToken);
        }

        Count(decision);
        return decision;
    }

    public override void Release(UInt128 partition)
    {
        // What was used up comes back with time.
    }

    public override ValueTask GiveBackAsync(UInt128 partition)
    {
        var now = Now;
        return new(_partitions.Of(partition, now).GiveBackAsync(now));
    }

    public override bool IsNews(UInt128 partition)
    {
        var now = Now;
        return _partitions.Of(partition, now).Refusals.IsNews(now, Rule.WindowMilliseconds);
    }
}

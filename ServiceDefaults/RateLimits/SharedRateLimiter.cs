using System.Diagnostics.CodeAnalysis;

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>One limit, for each of its partitions. Get it from <see cref="SharedRateLimits.Limiter"/>.</summary>
public abstract class SharedRateLimiter
{
    private long _allowed;
    private long _refused;

    private protected SharedRateLimiter(RateLimitRule rule, LimitStore store, TimeProvider time)
    {
        (Rule, Store, Time) = (rule, store, time);
        StartedAt = time.GetTimestamp();
    }

    /// <summary>What it enforces.</summary>
    public RateLimitRule Rule { get; }

    /// <summary>What it did so far.</summary>
    public RateLimitStatistics Statistics => new(
        Rule.Name,
        Rule.Algorithm,
        Rule.Permits,
        Rule.Window,
        Interlocked.Read(ref _allowed),
        Interlocked.Read(ref _refused),
        PartitionCount,
        Store.IsShared);

    private protected LimitStore Store { get; }

    private protected TimeProvider Time { get; }

    private protected long StartedAt { get; }

    private protected abstract int PartitionCount { get; }

    /// <summary>Milliseconds since the limiter was made, of a clock that never goes back.</summary>
    private protected long Now => (long)Time.GetElapsedTime(StartedAt).TotalMilliseconds;

    /// <summary>Decides where that needs no question to Redis, as is mostly so.</summary>
    /// <param name="partition">Who asks.</param>
    /// <param name="decision">What was decided.</param>
    /// <returns>False where <see cref="AcquireAsync"/> has to be called.</returns>
    public abstract bool TryAcquire(UInt128 partition, out RateLimitDecision decision);

    /// <summary>Decides, by asking Redis where that is needed. It does not throw when Redis is away.</summary>
    /// <param name="partition">Who asks.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public abstract ValueTask<RateLimitDecision> AcquireAsync(UInt128 partition, CancellationToken cancellationToken);

    /// <summary>
    /// Gives back a permit of a <see cref="RateLimitAlgorithm.Concurrency"/> limit, for each time that it was got; the
    /// others have nothing to give back.
    /// </summary>
    /// <param name="partition">Who got it.</param>
    public abstract void Release(UInt128 partition);

    /// <summary>
    /// Gives back a permit that was got and came to nothing: it counts no more. The caller's newest counts as that one.
    /// </summary>
    /// <param name="partition">Who got it.</param>
    public abstract ValueTask GiveBackAsync(UInt128 partition);

    /// <summary>Whether this refusal is the first of its partition in a window's length: reason to write it down.</summary>
    /// <param name="partition">Who was refused.</param>
    public abstract bool IsNews(UInt128 partition);

    [SuppressMessage("Design", "CA1062", Justification = "Internal: the rule was checked.")]
    internal static SharedRateLimiter Of(RateLimitRule rule, LimitStore store, TimeProvider time) =>
        rule.Algorithm == RateLimitAlgorithm.Concurrency
            ? new ConcurrencyLimiter(rule, store, time)
            : new WindowLimiter(rule, store, time);

    private protected bool Count(in RateLimitDecision decision)
    {
        Interlocked.Increment(ref decision.IsAllowed ? ref _allowed : ref _refused);
        return true;
    }
}

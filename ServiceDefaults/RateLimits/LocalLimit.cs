namespace Trading.ServiceDefaults.RateLimits;

/// <summary>The twin of a script of <see cref="RateLimitScripts"/>, for one partition, in memory.</summary>
internal abstract class LocalLimit
{
    private readonly Lock _gate = new();

    public static LocalLimit Of(RateLimitRule rule) => rule.Algorithm switch
    {
        RateLimitAlgorithm.SlidingWindow => new LocalSlidingWindow(rule),
        RateLimitAlgorithm.FixedWindow => new LocalFixedWindow(rule),
        RateLimitAlgorithm.TokenBucket => new LocalTokenBucket(rule),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Algorithm, "It gives no permits to use up."),
    };

    /// <summary>Takes one permit.</summary>
    /// <param name="now">Milliseconds of a clock that never goes back.</param>
    public Grant Take(long now)
    {
        lock (_gate)
        {
            return TakeCore(now);
        }
    }

    protected abstract Grant TakeCore(long now);
}

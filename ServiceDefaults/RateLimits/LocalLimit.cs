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

    /// <summary>Takes back the permit that was given last, if it still counts.</summary>
    /// <param name="now">Milliseconds of the same clock.</param>
    public void GiveBack(long now)
    {
        lock (_gate)
        {
            GiveBackCore(now);
        }
    }

    protected abstract Grant TakeCore(long now);

    protected abstract void GiveBackCore(long now);
}

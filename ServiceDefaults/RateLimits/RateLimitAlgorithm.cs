namespace Trading.ServiceDefaults.RateLimits;

/// <summary>How a limit counts.</summary>
public enum RateLimitAlgorithm
{
    /// <summary>So many in any window's length, in steps of a twentieth of it.</summary>
    SlidingWindow,

    /// <summary>A bucket of so many, refilled evenly in a window: bursts, then a steady rate.</summary>
    TokenBucket,

    /// <summary>So many in a window, which begins with its first request.</summary>
    FixedWindow,

    /// <summary>So many at the same time; what takes longer than the window counts as lost.</summary>
    Concurrency,
}

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>What a limiter said to one request.</summary>
/// <param name="IsAllowed">Whether it may go on.</param>
/// <param name="Remaining">How many more may now follow; where replicas share the limit, as far as this one knows.</param>
/// <param name="ResetAfter">When more come back; for a bucket, when it is full.</param>
/// <param name="RetryAfter">When one more is allowed if nobody else asks; zero where this one is.</param>
public readonly record struct RateLimitDecision(
    bool IsAllowed, long Remaining, TimeSpan ResetAfter, TimeSpan RetryAfter);

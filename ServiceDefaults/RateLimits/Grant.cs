namespace Trading.ServiceDefaults.RateLimits;

/// <summary>A block of permits that a store gave; none where the limit is used up. Times are milliseconds from now.</summary>
/// <param name="Permits">How many were given.</param>
/// <param name="Left">How many the store still has.</param>
/// <param name="ResetAfter">When the store has more.</param>
/// <param name="LapsesAfter">When the block may no longer be used.</param>
/// <param name="RetryAfter">When the store has one; 0 where it gave all that were wanted.</param>
internal readonly record struct Grant(long Permits, long Left, long ResetAfter, long LapsesAfter, long RetryAfter);

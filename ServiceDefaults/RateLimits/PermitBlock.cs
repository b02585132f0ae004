namespace Trading.ServiceDefaults.RateLimits;

/// <summary>
/// Permits of one partition that this process may give without asking the store; or, where the store had none, the
/// news that there are none, until there may be.
/// </summary>
internal sealed class PermitBlock(Grant grant, long now)
{
    private readonly long _lapsesAt = now + (grant.Permits > 0 ? grant.LapsesAfter : grant.RetryAfter);
    private readonly long _resetsAt = now + grant.ResetAfter;
    private long _permits = grant.Permits;

    public static PermitBlock None { get; } = new(default, 0);

    public bool Refuses => grant.Permits == 0;

    public bool HasLapsed(long at) => at >= _lapsesAt;

    /// <param name="askedAt">A block that lapsed on its way still serves whoever asked for it before.</param>
    /// <param name="at">Now; what is left of the window counts from it.</param>
    /// <param name="decision">What was decided.</param>
    public bool TryTake(long askedAt, long at, out RateLimitDecision decision)
    {
        decision = default;
        if (HasLapsed(askedAt))
        {
            return false;
        }

        if (Refuses)
        {
            decision = new(false, 0, Until(_resetsAt, at), Until(_lapsesAt, at));
            return true;
        }

        // Read first: it must not be counted down for ever while many wait for the next block.
        var left = Volatile.Read(ref _permits) > 0 ? Interlocked.Decrement(ref _permits) : -1;
        if (left < 0)
        {
            return false;
        }

        decision = new(true, grant.Left + left, Until(_resetsAt, at), TimeSpan.Zero);
        return true;
    }

    private static TimeSpan Until(long end, long at) => TimeSpan.FromMilliseconds(Math.Max(end - at, 0));
}

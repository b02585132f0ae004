namespace Trading.ServiceDefaults.RateLimits;

/// <summary>
/// Permits of one partition that this process may give without asking the store; and where the store had fewer than were
/// wanted, the news that there are no more, until there may be.
/// </summary>
/// <param name="grant">What the store gave.</param>
/// <param name="askedAt">When it was asked: permits lapse here no later than in the store.</param>
/// <param name="answeredAt">When it answered: who comes back at the end of a refusal is not too early.</param>
internal sealed class PermitBlock(Grant grant, long askedAt, long answeredAt)
{
    private readonly long _lapsesAt = askedAt + grant.LapsesAfter;
    private readonly long _refusesUntil = grant.RetryAfter > 0 ? answeredAt + grant.RetryAfter : 0;
    private readonly long _resetsAt = answeredAt + grant.ResetAfter;
    private long _permits = grant.Permits;

    public static PermitBlock None { get; } = new(default, 0, 0);

    /// <summary>Whether it has nothing but refusals to give.</summary>
    public bool Refuses(long at) => at < _refusesUntil && Volatile.Read(ref _permits) <= 0;

    /// <summary>Whether it would answer one who asks now.</summary>
    public bool Serves(long asked) => (asked < _lapsesAt && Volatile.Read(ref _permits) > 0) || Refuses(asked);

    /// <param name="asked">A block that lapsed on its way still serves whoever asked for it before.</param>
    /// <param name="at">Now; what is left of the window counts from it.</param>
    /// <param name="decision">What was decided.</param>
    public bool TryTake(long asked, long at, out RateLimitDecision decision)
    {
        // Read first: it must not be counted down for ever while many wait for the next block.
        var left = asked < _lapsesAt && Volatile.Read(ref _permits) > 0 ? Interlocked.Decrement(ref _permits) : -1;
        if (left >= 0)
        {
            decision = new(true, grant.Left + left, Until(_resetsAt, at), TimeSpan.Zero);
            return true;
        }

        var refuses = Refuses(asked);
        decision = refuses ? new(false, 0, Until(_resetsAt, at), Until(_refusesUntil, at)) : default;
        return refuses;
    }

    private static TimeSpan Until(long end, long at) => TimeSpan.FromMilliseconds(Math.Max(end - at, 0));
}

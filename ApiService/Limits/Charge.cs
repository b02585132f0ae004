using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Limits;

/// <summary>A limit that a request counts on, and whose.</summary>
internal readonly record struct Charge(SharedRateLimiter Limiter, UInt128 Partition);

/// <summary>The limits that a request counts on; none where it is not limited.</summary>
internal readonly record struct Charges(Charge? First, Charge? Second = null, Charge? Third = null)
{
    public bool IsOne => First is not null && Second is null && Third is null;

    public IEnumerable<Charge> All => new[] { First, Second, Third }.OfType<Charge>();
}

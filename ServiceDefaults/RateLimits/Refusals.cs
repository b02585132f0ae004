namespace Trading.ServiceDefaults.RateLimits;

/// <summary>Tells the first refusal in a window's length from those that follow.</summary>
internal sealed class Refusals
{
    private long _quietUntil;

    public bool IsNews(long now, long window)
    {
        var until = Volatile.Read(ref _quietUntil);
        return now >= until && Interlocked.CompareExchange(ref _quietUntil, now + window, until) == until;
    }
}

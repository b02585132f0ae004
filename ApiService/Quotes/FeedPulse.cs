namespace Trading.ApiService.Quotes;

/// <summary>
/// When a worker was last heard of. Nobody flags the quotes of workers that are gone: once none is heard of for as long as a
/// worker takes to flag its own, all quotes are stale.
/// </summary>
internal sealed class FeedPulse(TimeProvider time)
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private long _beatAt;

    /// <summary>False before the first beat: who uses the board without a feed has none to lose.</summary>
    public bool IsLost => Volatile.Read(ref _beatAt) is not 0 and var at && time.GetElapsedTime(at) > _limit;

    public void Beat() => Volatile.Write(ref _beatAt, time.GetTimestamp());
}

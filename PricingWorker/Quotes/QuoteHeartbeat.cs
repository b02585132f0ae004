namespace Trading.PricingWorker.Quotes;

/// <summary>When the source was last asked.</summary>
internal sealed class QuoteHeartbeat(TimeProvider time)
{
    private long _last;

    /// <summary>Null before the first tick.</summary>
    public TimeSpan? Age
    {
        get
        {
            var last = Volatile.Read(ref _last);
            return last == 0 ? null : time.GetElapsedTime(last);
        }
    }

    public void Beat() => Volatile.Write(ref _last, time.GetTimestamp());
}

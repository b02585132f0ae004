namespace Trading.PricingWorker.Quotes;

/// <summary>
/// Numbers the frames: Unix milliseconds, or one more than the last where the clock stands still or went back.
/// </summary>
internal sealed class FrameSequence
{
    private long _last;

    public long Last => Volatile.Read(ref _last);

    public long Next(DateTime utc)
    {
        while (true)
        {
            var last = Last;
            var next = Math.Max(last + 1, new DateTimeOffset(utc).ToUnixTimeMilliseconds());
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>Goes on above a number that was used before.</summary>
    public void RaiseTo(long used)
    {
        var last = Last;
        while (used > last && Interlocked.CompareExchange(ref _last, used, last) != last)
        {
            last = Last;
        }
    }
}

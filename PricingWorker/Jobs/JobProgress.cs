namespace Trading.PricingWorker.Jobs;

/// <summary>How far a job is; written by who does it, read by who tells.</summary>
internal sealed class JobProgress(TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private long _done;
    private long _total;

    public long Done => Interlocked.Read(ref _done);

    public long Total => Interlocked.Read(ref _total);

    /// <summary>Done a second so far; null before anything is.</summary>
    public double? Rate => Done is var done and > 0 && Elapsed is var seconds and > 0 ? done / seconds : null;

    /// <summary>The seconds that the rest takes at this rate; null where not known.</summary>
    public double? SecondsLeft => Rate is { } rate && Total > 0 ? Math.Max(Total - Done, 0) / rate : null;

    private double Elapsed => time.GetElapsedTime(_startedAt).TotalSeconds;

    public void Report(long done, long total)
    {
        Interlocked.Exchange(ref _total, total);
        Interlocked.Exchange(ref _done, done);
    }
}

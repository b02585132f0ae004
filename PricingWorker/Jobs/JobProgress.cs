namespace Trading.PricingWorker.Jobs;

/// <summary>How far a job is; written by who does it, read by who tells.</summary>
internal sealed class JobProgress(TimeProvider time, long before = 0, long total = 0)
{
    private readonly long _startedAt = time.GetTimestamp();
    private readonly long _before = before;
    private long _done = before;
    private long _total = total;

    public long Done => Interlocked.Read(ref _done);

    public long Total => Interlocked.Read(ref _total);

    /// <summary>Whether this try saved a step: what failed before it is not counted then.</summary>
    public bool HasAdvanced { get; private set; }

    /// <summary>Done a second in this try; null before anything is.</summary>
    public double? Rate => Done - _before is var done and > 0 && Elapsed is var seconds and > 0 ? done / seconds : null;

    /// <summary>The seconds that the rest takes at this rate; null where not known.</summary>
    public double? SecondsLeft => Rate is { } rate && Total > 0 ? Math.Max(Total - Done, 0) / rate : null;

    private double Elapsed => time.GetElapsedTime(_startedAt).TotalSeconds;

    public void Advanced(long done, long total)
    {
        HasAdvanced = true;
        Report(done, total);
    }

    public void Report(long done, long total)
    {
        Interlocked.Exchange(ref _total, total);
        Interlocked.Exchange(ref _done, done);
    }
}

namespace Trading.PricingWorker.Jobs;

/// <summary>How this worker does jobs; section <c>Jobs</c>.</summary>
internal sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>Jobs under way here; 0 leaves them to other workers. Half the cores, as prices come first.</summary>
    public int AtATime { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>A worker that was not heard of for so long has lost its job to another.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a worker says that it lives, and hears whether the job is still wanted.</summary>
    public TimeSpan HoldEvery { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often the queue is looked at where nothing tells of new jobs.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait after the first try that failed; each further one is three times as long.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Jobs that have been over for so long are removed.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);
}

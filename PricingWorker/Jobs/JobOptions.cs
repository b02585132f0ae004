namespace Trading.PricingWorker.Jobs;

/// <summary>How this worker does jobs; section <c>Jobs</c>.</summary>
internal sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>
    /// Computations under way here; 0 leaves them to other workers. Half the cores, as prices come first.
    /// </summary>
    public int AtATime { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Jobs of schedules under way here; 0 leaves them to other workers.</summary>
    public int UpkeepAtATime { get; set; } = 2;

    /// <summary>Backfills under way here; 0 leaves them to other workers.</summary>
    public int BackfillsAtATime { get; set; } = 1;

    /// <summary>A worker that was not heard of for so long has lost its job to another.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a worker says that it lives, and hears whether the job is still wanted.</summary>
    public TimeSpan HoldEvery { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often the queue is looked at where nothing tells of new jobs.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait after the first try that failed; each further one is three times as long.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for jobs of schedules and for backfills: what they wait for takes longer to come back.</summary>
    public TimeSpan UpkeepFirstRetry { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Jobs that have been over for so long are removed.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Jobs of schedules that went well are removed after this.</summary>
    public TimeSpan KeepScheduledFor { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Dead letters are removed after this.</summary>
    public TimeSpan KeepDeadLettersFor { get; set; } = TimeSpan.FromDays(90);

    public int AtATimeOf(JobLane lane) => lane switch
    {
        JobLane.Upkeep => UpkeepAtATime,
        JobLane.Backfill => BackfillsAtATime,
        _ => AtATime,
    };

    public TimeSpan FirstRetryOf(JobLane lane) => lane == JobLane.Computation ? FirstRetry : UpkeepFirstRetry;
}

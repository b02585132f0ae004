namespace Trading.Data.Experiments;

/// <summary>The states of an experiment; all but the first are final.</summary>
public static class ExperimentState
{
    public const string Running = "running";

    /// <summary>It has had all its bars.</summary>
    public const string Completed = "completed";

    /// <summary>Its owner stopped it.</summary>
    public const string Stopped = "stopped";

    /// <summary>It could not go on; the error says why.</summary>
    public const string Failed = "failed";
}

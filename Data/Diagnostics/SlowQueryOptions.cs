namespace Trading.Data.Diagnostics;

/// <summary>Section <c>Database</c>.</summary>
public sealed class SlowQueryOptions
{
    public const string Section = "Database";

    /// <summary>A statement that takes longer is looked into.</summary>
    public TimeSpan SlowQuery { get; set; } = TimeSpan.FromMilliseconds(100);
}

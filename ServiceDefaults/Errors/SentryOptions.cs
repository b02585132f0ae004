namespace Trading.ServiceDefaults.Errors;

/// <summary>Where errors are sent besides; section <c>Sentry</c>.</summary>
internal sealed class SentryOptions
{
    public const string Section = "Sentry";

    /// <summary>The DSN of a project; null sends nothing.</summary>
    public string? Dsn { get; set; }
}

namespace Trading.ApiService.Limits;

/// <summary>How much one client may ask; section <c>RateLimit</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimit";

    /// <summary>The same setting as an environment variable of one word.</summary>
    public const string ShortName = "RATE_LIMIT_RPM";

    public int RequestsPerMinute { get; set; } = 600;
}

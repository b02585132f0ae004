namespace Trading.ServiceDefaults.Metrics;

/// <summary>Who may read <c>/metrics</c> in Production; section <c>Metrics</c>. Elsewhere anybody may.</summary>
public sealed class MetricsOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Metrics";

    /// <summary>The fewest characters that a token may have.</summary>
    public const int LeastLength = 16;

    /// <summary>Shown as <c>Authorization: Bearer</c>. Without it, and without a file, there is no <c>/metrics</c>.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds the token, read at each use so that it can be changed while the service runs.</summary>
    public string? TokenFile { get; set; }

    internal bool IsValid =>
        (string.IsNullOrEmpty(Token) || Token.Length >= LeastLength)
        && (string.IsNullOrEmpty(TokenFile) || File.Exists(TokenFile));
}

namespace Trading.ServiceDefaults.Tracing;

/// <summary>How much is traced, for the operations page and over OTLP; section <c>Tracing</c>.</summary>
public sealed class SpanOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Tracing";

    /// <summary>
    /// Traces that may begin here in a second. A quiet system is traced whole; under load the cost stays what it is.
    /// </summary>
    public int PerSecond { get; set; } = 50;

    /// <summary>Spans that each service keeps.</summary>
    public int Kept { get; set; } = 5000;
}

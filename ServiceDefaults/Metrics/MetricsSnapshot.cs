namespace Trading.ServiceDefaults.Metrics;

/// <summary>All metrics of this process at one moment.</summary>
/// <param name="At">When they were read.</param>
/// <param name="Families">The metrics, by name.</param>
public sealed record MetricsSnapshot(DateTimeOffset At, IReadOnlyList<MetricFamily> Families)
{
    private byte[]? _text;

    /// <summary>The same in Prometheus' text format.</summary>
    public ReadOnlyMemory<byte> Text => _text ??= PrometheusText.Write(Families);
}

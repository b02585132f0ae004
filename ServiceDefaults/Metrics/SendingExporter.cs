using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>
/// Sends each reading of the SDK over OTLP and keeps it as Prometheus' metrics. One reader for both: with two, every
/// measurement on the quote path would be added up twice.
/// </summary>
/// <param name="options">Where to send.</param>
/// <param name="time">The clock.</param>
internal sealed class SendingExporter(OtlpExporterOptions options, TimeProvider time) : OtlpMetricExporter(options)
{
    private volatile Kept? _kept;

    /// <summary>True while the reading is for somebody here; the collector has its own at its own pace.</summary>
    public bool IsForUs { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // Kept before it is sent: who waits here must not depend on a collector that hangs or is away.
        _kept = new Kept(PrometheusFamilies.Of(batch, ParentProvider.GetResource()), time.GetTimestamp());
        return IsForUs ? ExportResult.Success : base.Export(batch);
    }

    /// <summary>What was read last, unless that was longer ago.</summary>
    public IReadOnlyList<MetricFamily>? FamiliesSince(TimeSpan age) =>
        _kept is { } kept && time.GetElapsedTime(kept.At) <= age ? kept.Families : null;

    private sealed record Kept(IReadOnlyList<MetricFamily> Families, long At);
}

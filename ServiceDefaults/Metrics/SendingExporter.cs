using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>
/// Sends each reading of the SDK over OTLP and keeps it as Prometheus' metrics. One reader for both: with two, every
/// measurement on the quote path would be added up twice.
/// </summary>
/// <param name="options">Where to send.</param>
internal sealed class SendingExporter(OtlpExporterOptions options) : OtlpMetricExporter(options)
{
    private IReadOnlyList<MetricFamily>? _families;

    /// <summary>True while the reading is for somebody here; the collector has its own at its own pace.</summary>
    public bool IsForUs { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        if (!IsForUs)
        {
            return base.Export(batch);
        }

        _families = PrometheusFamilies.Of(batch, ParentProvider.GetResource());
        return ExportResult.Success;
    }

    /// <summary>What was read for us since this was last called; null where nothing was.</summary>
    public IReadOnlyList<MetricFamily>? TakeFamilies() => Interlocked.Exchange(ref _families, null);
}

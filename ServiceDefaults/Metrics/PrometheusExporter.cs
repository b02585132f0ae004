using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>Keeps a reading of the SDK as Prometheus' metrics. It is asked, and sends nothing by itself.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    /// <summary>Reads all instruments; set by the reader that this exporter is given to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>What the last reading gave.</summary>
    public IReadOnlyList<MetricFamily> Families { get; private set; } = [];

    public override ExportResult Export(in Batch<Metric> batch)
    {
        Families = PrometheusFamilies.Of(batch, ParentProvider.GetResource());
        return ExportResult.Success;
    }
}

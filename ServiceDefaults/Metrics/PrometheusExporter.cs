using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>Turns a reading of the SDK into Prometheus' metrics. It is asked, and sends nothing by itself.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    // .NET counts them up and down in a counter, against its own documentation.
    private static readonly HashSet<string> _falling =
        ["dotnet.thread_pool.queue.length", "dotnet.thread_pool.thread.count"];

    private MetricFamily? _target;

    /// <summary>Reads all instruments; set by the reader that this exporter is given to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>What the last reading gave.</summary>
    public IReadOnlyList<MetricFamily> Families { get; private set; } = [];

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var families = new SortedDictionary<string, (string Type, string Help, List<MetricSample> Samples)>(
            StringComparer.Ordinal);
        foreach (var metric in batch)
        {
            if (TypeOf(metric) is not { } type)
            {
                continue;
            }

            var name = PrometheusNames.Metric(metric.Name, metric.Unit, type);
            if (!families.TryGetValue(name, out var family))
            {
                family = (type, HelpOf(metric), []);
                families.Add(name, family);
            }

            // Two meters may share a name; of two types Prometheus would refuse the whole text.
            if (family.Type == type)
            {
                MetricSamples.Add(family.Samples, name, metric);
            }
        }

        _target ??= Target();
        Families =
        [
            _target,
            .. families.Where(family => family.Value.Samples.Count > 0).Select(family =>
                new MetricFamily(family.Key, family.Value.Type, family.Value.Help, family.Value.Samples)),
        ];
        return ExportResult.Success;
    }

    private static string? TypeOf(Metric metric) => metric.MetricType switch
    {
        _ when _falling.Contains(metric.Name) => "gauge",
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private static string HelpOf(Metric metric) =>
        string.IsNullOrWhiteSpace(metric.Description) ? $"{metric.Name} of {metric.MeterName}." : metric.Description;

    private MetricFamily Target() => new(
        "target_info",
        "gauge",
        "The service that these metrics are of.",
        [new("target_info", MetricSamples.Labels(ParentProvider.GetResource().Attributes!), 1)]);
}

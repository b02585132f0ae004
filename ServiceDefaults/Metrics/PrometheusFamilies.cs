using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>Turns what the SDK read into Prometheus' metrics.</summary>
internal static class PrometheusFamilies
{
    // .NET counts them up and down in a counter, against its own documentation.
    private static readonly HashSet<string> _falling =
        ["dotnet.thread_pool.queue.length", "dotnet.thread_pool.thread.count"];

    public static IReadOnlyList<MetricFamily> Of(in Batch<Metric> batch, Resource resource)
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

        return
        [
            Target(resource),
            .. families.Where(family => family.Value.Samples.Count > 0).Select(family =>
                new MetricFamily(family.Key, family.Value.Type, family.Value.Help, family.Value.Samples)),
        ];
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

    private static MetricFamily Target(Resource resource) => new(
        "target_info",
        "gauge",
        "The service that these metrics are of.",
        [new("target_info", MetricSamples.Labels(resource.Attributes!), 1)]);
}

using System.Globalization;
using OpenTelemetry.Metrics;

namespace Trading.ServiceDefaults.Metrics;

/// <summary>Turns the points of a metric into samples.</summary>
internal static class MetricSamples
{
    public static void Add(List<MetricSample> samples, string name, Metric metric)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = new List<KeyValuePair<string, object?>>();
            foreach (var tag in point.Tags)
            {
                labels.Add(tag);
            }

            Add(samples, name, metric.MetricType, in point, Labels(labels));
        }
    }

    /// <summary>
    /// Attributes as labels, by name. Where two keys become one name, the values are joined, as the mapping says.
    /// </summary>
    public static KeyValuePair<string, string>[] Labels(IEnumerable<KeyValuePair<string, object?>> attributes) =>
    [
        .. attributes
            .GroupBy(attribute => PrometheusNames.Label(attribute.Key), attribute => attribute, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, string.Join(';', group
                .OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
                .Select(attribute => Text(attribute.Value))))),
    ];

    private static void Add(
        List<MetricSample> samples,
        string name,
        MetricType type,
        ref readonly MetricPoint point,
        KeyValuePair<string, string>[] labels)
    {
        if (type == MetricType.Histogram)
        {
            AddHistogram(samples, name, in point, labels);
            return;
        }

        samples.Add(new(name, labels, type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
            MetricType.LongGauge => point.GetGaugeLastValueLong(),
            _ => point.GetGaugeLastValueDouble(),
        }));
    }

    private static void AddHistogram(
        List<MetricSample> samples, string name, ref readonly MetricPoint point, KeyValuePair<string, string>[] labels)
    {
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            if (double.IsFinite(bucket.ExplicitBound))
            {
                samples.Add(Bucket(name, labels, bucket.ExplicitBound, below));
            }
        }

        var count = point.GetHistogramCount();
        samples.Add(Bucket(name, labels, double.PositiveInfinity, count));
        samples.Add(new(name + "_sum", labels, point.GetHistogramSum()));
        samples.Add(new(name + "_count", labels, count));
    }

    private static MetricSample Bucket(string name, KeyValuePair<string, string>[] labels, double bound, long count) =>
        new(name + "_bucket", [.. labels, KeyValuePair.Create("le", PrometheusText.Number(bound))], count);

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

namespace Trading.ServiceDefaults.Metrics;

/// <summary>One metric as Prometheus knows it, with all its series.</summary>
/// <param name="Name">Its name by OpenTelemetry's mapping, such as <c>trading_quote_delay_seconds</c>.</param>
/// <param name="Type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
/// <param name="Help">What it means.</param>
/// <param name="Samples">The values; a histogram's are its buckets, its sum and its count.</param>
public sealed record MetricFamily(string Name, string Type, string Help, IReadOnlyList<MetricSample> Samples);

/// <summary>One value of a metric.</summary>
/// <param name="Name">The family's name; with <c>_bucket</c>, <c>_sum</c> or <c>_count</c> in a histogram.</param>
/// <param name="Labels">Name and value of each label, by name; a bucket's bound <c>le</c> comes last.</param>
/// <param name="Value">The value in base units (seconds, bytes) at the time of the reading.</param>
public readonly record struct MetricSample(
    string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value);

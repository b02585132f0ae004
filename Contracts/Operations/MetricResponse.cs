namespace Trading.Contracts;

/// <summary>One metric of a replica, with all its series.</summary>
/// <param name="Name">As Prometheus names it, such as <c>http_server_request_duration_seconds</c>.</param>
/// <param name="Type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
/// <param name="Help">What it means.</param>
/// <param name="Samples">Its values.</param>
public sealed record MetricResponse(
    string Name, string Type, string Help, IReadOnlyList<MetricSampleResponse> Samples);

/// <summary>One value of a metric.</summary>
/// <param name="Name">The metric's name; with <c>_bucket</c>, <c>_sum</c> or <c>_count</c> in a histogram.</param>
/// <param name="Labels">Name and value of each label.</param>
/// <param name="Value">In base units (seconds, bytes); null where it is no finite number.</param>
public sealed record MetricSampleResponse(
    string Name, IReadOnlyDictionary<string, string> Labels, double? Value);

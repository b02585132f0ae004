using Trading.ServiceDefaults.Metrics;

namespace Trading.Tests.Unit.Metrics;

public sealed class PrometheusNamesTests
{
    // From the tables and examples of OpenTelemetry's "Prometheus and OpenMetrics Compatibility", and from the names
    // that Prometheus' own documentation gives .NET's metrics.
    [Theory]
    [InlineData("http.server.request.duration", "s", "histogram", "http_server_request_duration_seconds")]
    [InlineData("http.server.active_requests", "{request}", "gauge", "http_server_active_requests")]
    [InlineData("dotnet.gc.collections", "{collection}", "counter", "dotnet_gc_collections_total")]
    [InlineData("dotnet.process.cpu.time", "s", "counter", "dotnet_process_cpu_time_seconds_total")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", "counter", "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("system.cpu.utilization", "1", "gauge", "system_cpu_utilization_ratio")]
    [InlineData("requests_total", "1", "counter", "requests_total")]
    [InlineData("system.filesystem.usage_bytes", "By", "gauge", "system_filesystem_usage_bytes")]
    [InlineData("disk.io", "By/s", "gauge", "disk_io_bytes_per_second")]
    [InlineData("speed", "m/s", "gauge", "speed_meters_per_second")]
    [InlineData("a..b--c", null, "gauge", "a_b_c")]
    [InlineData("1st", null, "gauge", "_1st")]
    [InlineData("dotnet.process.cpu.count", "{cpu}", "gauge", "dotnet_process_cpu_current")]
    [InlineData("events.count", "{event}", "counter", "events_count_total")]
    [InlineData("dotnet.thread_pool.thread.count", "{thread}", "gauge", "dotnet_thread_pool_thread_current")]
    public void Instruments_are_named_by_the_mapping(string instrument, string? unit, string type, string expected) =>
        Assert.Equal(expected, PrometheusNames.Metric(instrument, unit, type));

    [Theory]
    [InlineData("http.route", "http_route")]
    [InlineData("error:type", "error_type")]
    [InlineData("5xx", "_5xx")]
    public void Attributes_become_labels(string attribute, string expected) =>
        Assert.Equal(expected, PrometheusNames.Label(attribute));
}

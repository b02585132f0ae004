using System.Net;

namespace Trading.Tests.Unit.Metrics;

public sealed class MetricsEndpointTests
{
    private const string Token = "a token of a test, long enough";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Histograms_are_cumulative_and_end_with_infinity()
    {
        await using var host = await MeteredHost.StartAsync("Development");
        var histogram = host.Meter.CreateHistogram<double>("trading.test.duration", "s", "A test.");
        foreach (var seconds in new[] { 0.0002, 0.003, 0.003, 0.7, 100 })
        {
            histogram.Record(seconds, new KeyValuePair<string, object?>("b.kind", "x"));
        }

        var lines = await host.LinesAsync("trading_test_duration_seconds");

        Assert.Contains("""trading_test_duration_seconds_bucket{b_kind="x",le="0.0005"} 1""", lines);
        Assert.Contains("""trading_test_duration_seconds_bucket{b_kind="x",le="0.0025"} 1""", lines);
        Assert.Contains("""trading_test_duration_seconds_bucket{b_kind="x",le="0.005"} 3""", lines);
        Assert.Contains("""trading_test_duration_seconds_bucket{b_kind="x",le="1"} 4""", lines);
        Assert.Contains("""trading_test_duration_seconds_bucket{b_kind="x",le="+Inf"} 5""", lines);
        Assert.Contains("""trading_test_duration_seconds_count{b_kind="x"} 5""", lines);
        Assert.Equal("""trading_test_duration_seconds_sum{b_kind="x"} 100.7062""", lines[^2]);
    }

    [Fact]
    public async Task Help_and_type_come_once_also_where_two_meters_share_a_name()
    {
        await using var host = await MeteredHost.StartAsync("Development");
        host.Meter.CreateCounter<long>("trading.test.done", "{thing}", "Things.").Add(2);
        using var other = new System.Diagnostics.Metrics.Meter("Trading.Other");
        other.CreateCounter<long>("trading.test.done", "{thing}", "Things.").Add(3, new KeyValuePair<string, object?>("a", 1));
        using var third = new System.Diagnostics.Metrics.Meter("Trading.Third");
        third.CreateHistogram<long>("trading.test.done.total", "{thing}", "Another type.").Record(1);

        var text = await host.Http.GetStringAsync("/metrics", Cancellation);

        Assert.Single(text.Split('\n'), line => line.StartsWith("# TYPE trading_test_done_total ", StringComparison.Ordinal));
        Assert.Single(text.Split('\n'), line => line.StartsWith("# HELP trading_test_done_total ", StringComparison.Ordinal));
        Assert.Equal(
            ["trading_test_done_total 2", "trading_test_done_total{a=\"1\"} 3"],
            (await host.LinesAsync("trading_test_done_total")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keys_that_become_one_label_are_joined()
    {
        await using var host = await MeteredHost.StartAsync("Development");
        host.Meter.CreateCounter<long>("trading.test.joined").Add(1, new("a.b", "1"), new("a_b", "2"));

        Assert.Equal(["trading_test_joined_total{a_b=\"1;2\"} 1"], await host.LinesAsync("trading_test_joined"));
    }

    [Fact]
    public async Task Many_readers_at_once_share_one_reading()
    {
        await using var host = await MeteredHost.StartAsync("Development");
        var readings = 0;
        host.Meter.CreateObservableGauge("trading.test.readings", () => Interlocked.Increment(ref readings));

        var startedAt = TimeProvider.System.GetTimestamp();
        var first = await host.ReadAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.ReadAsync()));
        var seconds = TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;

        Assert.InRange(readings, 1, 1 + (int)seconds);
        Assert.Contains(first, all.Append(first));
        await Eventually.IsTrueAsync(async () => (await host.ReadAsync()) != first, "a later reading is another one");
    }

    [Fact]
    public async Task Outside_production_anybody_reads_them_as_text()
    {
        await using var host = await MeteredHost.StartAsync("Development");

        using var answer = await host.Http.GetAsync("/metrics", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("dotnet_gc_collections_total", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.NotFound)]
    [InlineData(null, "Bearer " + Token, HttpStatusCode.NotFound)]
    [InlineData(Token, null, HttpStatusCode.NotFound)]
    [InlineData(Token, "Bearer " + Token + "x", HttpStatusCode.NotFound)]
    [InlineData(Token, "Bearer", HttpStatusCode.NotFound)]
    [InlineData(Token, "Basic " + Token, HttpStatusCode.NotFound)]
    [InlineData(Token, "Bearer " + Token, HttpStatusCode.OK)]
    public async Task In_production_only_the_token_opens_them(string? token, string? shown, HttpStatusCode expected)
    {
        await using var host = token is null
            ? await MeteredHost.StartAsync("Production")
            : await MeteredHost.StartAsync("Production", ("Metrics:Token", token));

        Assert.Equal(expected, await StatusAsync(host, shown));
    }

    [Fact]
    public async Task A_token_of_a_file_can_be_changed_while_the_service_runs()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Token + "\n", Cancellation);
            await using var host = await MeteredHost.StartAsync("Production", ("Metrics:TokenFile", file));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "Bearer " + Token));

            await File.WriteAllTextAsync(file, "another token of the test\n", Cancellation);

            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, "Bearer " + Token));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "Bearer another token of the test"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Switched_off_there_are_none()
    {
        await using var host = await MeteredHost.StartAsync("Development", ("Telemetry:Enabled", "false"));

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, null));
    }

    private static async Task<HttpStatusCode> StatusAsync(MeteredHost host, string? shown)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (shown is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", shown);
        }

        using var answer = await host.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Trading.Tests.Unit.Metrics;

public sealed class CollectorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_reader_serves_both_the_collector_and_Prometheus()
    {
        var sent = new ConcurrentQueue<(string Path, string Body)>();
        await using var collector = WebApplication.CreateSlimBuilder().Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, Cancellation);
            sent.Enqueue((signal, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(Cancellation);
        await using var host = await MeteredHost.StartAsync(
            "Development",
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", 100.ToString(CultureInfo.InvariantCulture)));
        host.Meter.CreateCounter<long>("trading.test.collected").Add(3);

        await Eventually.IsTrueAsync(
            () => Task.FromResult(sent.Any(post =>
                post.Path == "metrics" && post.Body.Contains("trading.test.collected", StringComparison.Ordinal))),
            "the collector has the counter");
        var lines = await host.LinesAsync("trading_test_collected");

        Assert.Equal(["trading_test_collected_total 3"], lines);
        Assert.Contains(await host.LinesAsync("target_info"), line => line.Contains("service_name", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_collector_that_hangs_or_fails_keeps_nobody_from_the_metrics(bool hangs)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asked = 0;
        await using var collector = WebApplication.CreateSlimBuilder().Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (string signal, HttpContext context) =>
        {
            Interlocked.Add(ref asked, signal == "metrics" ? 1 : 0);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            if (hangs)
            {
                await Task.Delay(Timeout.Infinite, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        await collector.StartAsync(Cancellation);
        await using var host = await MeteredHost.StartAsync(
            "Development",
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", 100.ToString(CultureInfo.InvariantCulture)));
        host.Meter.CreateCounter<long>("trading.test.collected").Add(3);
        await Eventually.IsTrueAsync(() => Task.FromResult(Volatile.Read(ref asked) > 0), "the collector is asked");

        // What is on its way to the collector may be of before the counter was there.
        await Eventually.IsTrueAsync(
            async () => await host.LinesAsync("trading_test_collected") is ["trading_test_collected_total 3"], "the metrics are there");
        await ended.CancelAsync();
    }
}

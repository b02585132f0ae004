using Trading.Tests.Integration;

namespace Trading.Tests.Monitoring;

[Collection(SystemTests.Name)]
public sealed class MetricsTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("apiservice", "http_server_request_duration_seconds_bucket")]
    [InlineData("apiservice", "db_client_operation_duration_seconds_bucket")]
    [InlineData("apiservice", "trading_ratelimit_decisions_total")]
    [InlineData("pricingworker", "trading_quote_published_total")]
    [InlineData("pricingworker", "db_client_connection_max")]
    [InlineData("web", "dotnet_process_cpu_time_seconds_total")]
    [InlineData("web", "process_handles")]
    public async Task Promtool_has_no_complaint_about_the_metrics(string service, string sample)
    {
        await system.AnyTickerAsync(Cancellation);

        var text = await Eventually.ReturnsAsync(
            async () => await system.MetricsAsync(service, Cancellation) is { } all
                && all.Contains($"\n{sample}", StringComparison.Ordinal) ? all : null,
            $"{service} has {sample}");
        var (code, said) = await Promtool.RunAsync("check metrics", Path.GetTempPath(), text, Cancellation);

        Assert.Equal("", said);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Metrics_are_neither_limited_nor_counted()
    {
        using var answer = await system.Http.GetAsync("/metrics", Cancellation);
        var text = await system.MetricsAsync("apiservice", Cancellation);

        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("RateLimit", StringComparison.Ordinal));
        Assert.DoesNotContain("http_route=\"/metrics\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_name_no_password_and_no_account()
    {
        var password = new Npgsql.NpgsqlConnectionStringBuilder(await system.ConnectionStringAsync("tradingdb")).Password;
        foreach (var service in SystemMetrics.Services)
        {
            var text = await system.MetricsAsync(service, Cancellation);

            Assert.DoesNotContain(password!, text, StringComparison.Ordinal);
            Assert.DoesNotContain(TradingSystem.SigningKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(TradingSystem.ServiceKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Username=", text, StringComparison.Ordinal);
        }
    }
}

using Trading.Tests.Integration;

namespace Trading.Tests.Monitoring;

[Collection(SystemTests.Name)]
public sealed class ScrapeTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_Prometheus_scrapes_every_service_and_answers_with_what_it_read()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        await using var prometheus = await PrometheusServer.StartAsync(system);

        await Eventually.IsTrueAsync(
            async () => await prometheus.ValueAsync("""sum(up{job="trading"})""", Cancellation) == 3, "three services are up");
        await IsAboveAsync(prometheus, "trading_quote_published_total", 0);
        await IsAboveAsync(prometheus, """histogram_quantile(0.5, sum by (le) (trading_quote_delay_seconds_bucket))""", 0);

        const string Counted = "sum(http_server_request_duration_seconds_count{http_route=\"/api/v1/quotes/{ticker}\"})";
        var before = await prometheus.ValueAsync(Counted, Cancellation) ?? 0;
        for (var request = 0; request < 7; request++)
        {
            await system.Api.GetQuoteAsync(ticker, Cancellation);
        }

        await Eventually.IsTrueAsync(
            async () => await prometheus.ValueAsync(Counted, Cancellation) >= before + 7, "seven requests are counted");
    }

    [Fact]
    public async Task No_alert_calls_while_the_system_is_well()
    {
        await using var prometheus = await PrometheusServer.StartAsync(system);

        await Eventually.IsTrueAsync(
            async () =>
            {
                var rules = await prometheus.AskAsync("rules", Cancellation);
                var all = rules.GetProperty("groups").EnumerateArray()
                    .SelectMany(group => group.GetProperty("rules").EnumerateArray()).ToArray();
                Assert.Equal(DeployedFiles.Alerts().Count, all.Length);
                Assert.DoesNotContain(all, rule => rule.GetProperty("health").GetString() == "err");
                return await prometheus.ValueAsync("""sum(up{job="trading"})""", Cancellation) == 3
                    && all.All(rule => rule.GetProperty("health").GetString() == "ok"
                        && rule.GetProperty("state").GetString() == "inactive");
            },
            "every rule is evaluated and none is pending or firing");
    }

    private static Task IsAboveAsync(PrometheusServer prometheus, string query, double least) => Eventually.IsTrueAsync(
        async () => await prometheus.ValueAsync(query, Cancellation) > least, $"{query} is above {least}");
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Faults;

[Collection(SystemTests.Name)]
public sealed class RedisTests(TradingSystem system)
{
    private const int Clients = 4;
    private const int RequestsOfEach = 500;
    private const int RefreshesAllowed = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quotes_go_on_while_Redis_is_stopped_and_the_sequence_never_goes_back()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        var before = await system.Api.GetQuoteAsync(ticker, Cancellation);

        await system.StopAsync("cache");
        QuoteResponse during;
        try
        {
            during = await NewerQuoteAsync(ticker, before.Seq, "a newer quote without Redis");
            await IsAsync("Degraded");
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("/alive"));
        }
        finally
        {
            await system.StartAsync("cache");
        }

        await IsAsync("Healthy");
        await NewerQuoteAsync(ticker, during.Seq, "a newer quote with Redis back");
    }

    [Fact]
    public async Task Redis_stopped_99_9_percent_are_2xx_limits_are_enforced_in_memory_health_is_Degraded_and_alive_is_200()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        var trader = await system.SignInAsync(Cancellation, Roles.Trader);
        using var own = trader.Http;

        await system.StopAsync("cache");
        try
        {
            Assert.InRange(await ShareOf2xxAsync(ticker), 0.999, 1);
            for (var time = 0; time < RefreshesAllowed; time++)
            {
                await trader.Api.RefreshSignalsAsync(new([]), Cancellation);
            }

            var limited = await Assert.ThrowsAsync<TradingApiException>(() =>
                trader.Api.RefreshSignalsAsync(new([]), Cancellation));
            Assert.Equal(ErrorCodes.RateLimited, limited.Code);
            await IsAsync("Degraded");
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("/alive"));
        }
        finally
        {
            await system.StartAsync("cache");
        }

        await IsAsync("Healthy");
    }

    [Fact]
    public async Task Redis_hanging_the_breaker_opens_and_the_thread_pool_does_not_starve()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        var redis = await system.ProcessIdAsync("cache", not: 0, Cancellation);

        await SignalAsync(redis, "STOP");
        try
        {
            Assert.Equal(1, await ShareOf2xxAsync(ticker));
            await IsAsync("Degraded");
            // Nothing waits for it any more.
            Assert.Equal(1, await ShareOf2xxAsync(ticker));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("/alive"));
        }
        finally
        {
            await SignalAsync(redis, "CONT");
        }

        await IsAsync("Healthy");
    }

    private async Task<double> ShareOf2xxAsync(string ticker)
    {
        string[] paths =
        [
            $"/api/v1/quotes/{ticker}", $"/api/v1/quotes?tickers={ticker}", "/api/v1/instruments?limit=20",
            $"/api/v1/bars/{ticker}?limit=100", $"/api/v1/instruments?search={ticker}",
        ];
        var good = 0;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            for (var request = 0; request < RequestsOfEach; request++)
            {
                using var answer = await system.Http.GetAsync(
                    new Uri(paths[(client + request) % paths.Length], UriKind.Relative), Cancellation);
                Interlocked.Add(ref good, answer.IsSuccessStatusCode ? 1 : 0);
            }
        }));
        return good / (double)(Clients * RequestsOfEach);
    }

    private static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
        Assert.Equal(0, kill.ExitCode);
    }

    private Task IsAsync(string status) =>
        Eventually.IsTrueAsync(async () => await HealthAsync() == status, $"/health says {status}");

    private Task<QuoteResponse> NewerQuoteAsync(string ticker, long than, string expectation)
    {
        var last = than;
        return Eventually.ReturnsAsync(
            async () =>
            {
                var quote = await system.Api.GetQuoteAsync(ticker, Cancellation);
                Assert.True(quote.Seq >= last, $"The sequence went back from {last} to {quote.Seq}.");
                last = quote.Seq;
                return quote.Seq > than ? quote : null;
            },
            expectation);
    }

    private async Task<string?> HealthAsync()
    {
        using var health = JsonDocument.Parse(
            await system.Http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancellation));
        return health.RootElement.GetProperty("status").GetString();
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await system.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return response.StatusCode;
    }
}

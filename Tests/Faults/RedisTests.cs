using System.Net;
using System.Text.Json;
using Trading.Tests.Integration;

namespace Trading.Tests.Faults;

[Collection(SystemTests.Name)]
public sealed class RedisTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quotes_go_on_while_Redis_is_stopped_and_the_sequence_never_goes_back()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        var before = await system.Api.GetQuoteAsync(ticker, Cancellation);

        await system.StopAsync("cache");
        var during = await NewerQuoteAsync(ticker, before.Seq, "a newer quote without Redis");
        await Eventually.IsTrueAsync(async () => await HealthAsync() == "Degraded", "/health says Degraded");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/alive"));

        await system.StartAsync("cache");
        await Eventually.IsTrueAsync(async () => await HealthAsync() == "Healthy", "/health says Healthy again");
        await NewerQuoteAsync(ticker, during.Seq, "a newer quote with Redis back");
    }

    private Task<Contracts.QuoteResponse> NewerQuoteAsync(string ticker, long than, string expectation)
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

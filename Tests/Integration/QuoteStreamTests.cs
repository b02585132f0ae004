using System.Collections.Concurrent;
using Trading.Contracts;

namespace Trading.Tests.Integration;

[Collection(SystemTests.Name)]
public sealed class QuoteStreamTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quote_travels_from_the_worker_over_Redis_to_the_WebSocket()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        var updates = new ConcurrentQueue<PriceUpdate>();
        await using var listening = Listening.To(system, ticker, updates.Enqueue);

        await Eventually.IsTrueAsync(
            () => Task.FromResult(updates.Select(update => update.Price).Distinct().Count() >= 3),
            "three different prices over the WebSocket");

        var received = updates.ToArray();
        Assert.All(received, update => Assert.Equal(ticker, update.Ticker));
        Assert.Equal(received.OrderBy(update => update.Seq), received);
        var quote = await system.Api.GetQuoteAsync(ticker, Cancellation);
        Assert.True(quote.Seq >= received[0].Seq, "The REST quote is not older than the stream's first.");
        Assert.True(quote.Synthetic, "Simulated prices say that they are.");
    }

    [Fact]
    public async Task Ticks_become_minute_and_daily_bars_of_the_same_prices()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);

        var minute = await Eventually.ReturnsAsync(() => LastBarAsync(ticker, "1m"), "a minute bar", TimeSpan.FromSeconds(60));
        var day = await Eventually.ReturnsAsync(() => LastBarAsync(ticker, "1d"), "a daily bar");

        Assert.InRange(minute.Close, minute.Low, minute.High);
        Assert.True(minute.High <= day.High && minute.Low >= day.Low, "The day's range holds the minute's.");
        Assert.Equal(0, minute.Time.Second);
        Assert.True(minute.Synthetic && day.Synthetic, "Bars of simulated prices say so.");
    }

    private async Task<BarResponse?> LastBarAsync(string ticker, string interval)
    {
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
        var query = new BarQuery { Interval = interval }.Between(today, null);
        return (await system.Api.GetBarsPageAsync(ticker, query, Cancellation)).Items.LastOrDefault(bar => bar.Synthetic);
    }
}

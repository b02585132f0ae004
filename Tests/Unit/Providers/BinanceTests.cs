using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;

namespace Trading.Tests.Unit.Providers;

public sealed class BinanceTests
{
    private static readonly (string, string) _binance = ("Crypto", "Binance");
    private static readonly Instrument _bitcoin = ProviderHost.Instrument("BTC-USD", "CRYPTO");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_candles_give_the_day_under_way_and_the_close_before()
    {
        await using var server = await ProviderServer.WithSampleAsync("binance/rest-klines-BTCUSDT-1m.json");
        await using var host = new ProviderHost(server.Url, _binance);

        var quote = Assert.Single(
            (await host.Provider(ProviderName.Binance).ReadQuotesAsync([_bitcoin], Cancellation)).Quotes);

        // The last two rows of the recording.
        var recorded = SharedData.PathOf("provider-samples/binance/rest-klines-BTCUSDT-1m.json");
        var rows = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(recorded, Cancellation))!.AsArray();
        double Of(int row, int field) =>
            double.Parse((string)rows[^row]![field]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            new Quote("BTC-USD", Of(1, 4), Of(2, 4), Of(1, 1), Of(1, 2), Of(1, 3), Of(1, 5)), quote.Quote);
        Assert.Equal(60768.71, Of(row: rows.Count - 2, field: 4));
        Assert.Equal(["/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=2"], server.Requests);
    }

    [Fact]
    public async Task A_long_history_is_read_page_by_page()
    {
        await using var server = await ProviderServer.StartAsync(context =>
        {
            var start = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(
                context.Request.Query["startTime"]!, System.Globalization.CultureInfo.InvariantCulture));
            var end = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(
                context.Request.Query["endTime"]!, System.Globalization.CultureInfo.InvariantCulture));
            var rows = Enumerable.Range(0, 1000).Select(day => start.AddDays(day)).TakeWhile(day => day < end)
                .Select(day => day.ToUnixTimeMilliseconds())
                .Select(open => $"[{open},\"1\",\"2\",\"0.5\",\"1.5\",\"10\",{open + 86399999},\"1\",1,\"1\",\"1\",\"0\"]");
            return context.Response.WriteAsync($"[{string.Join(',', rows)}]");
        });
        await using var host = new ProviderHost(server.Url, _binance);

        var history = await host.Provider(ProviderName.Binance).ReadDailyAsync(
            _bitcoin, new(2020, 1, 1), new(2024, 12, 31), Cancellation);

        Assert.Equal(1827, history.Bars.Count);
        Assert.Equal(history.Bars.Count, history.Bars.DistinctBy(bar => bar.Session).Count());
        Assert.Equal(new ProvidedBar(new(2024, 12, 31), new Bar(default, 1, 2, 0.5, 1.5, 10)), history.Bars[^1]);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_unknown_symbol_is_not_found()
    {
        await using var server = await ProviderServer.StartAsync(
            context => ProviderServer.RefuseAsync(context, 400, """{"code":-1121,"msg":"Invalid symbol."}"""));
        await using var host = new ProviderHost(server.Url, _binance);

        Assert.Equal(FailureKind.NotFound, (await host.FailureAsync(ProviderName.Binance)).Kind);
        Assert.Empty((await host.Provider(ProviderName.Binance).ReadQuotesAsync([_bitcoin], Cancellation)).Quotes);
    }

    [Fact]
    public async Task Coins_are_quoted_although_one_cannot_be_had()
    {
        await using var server = await ProviderServer.StartAsync(context => context.Request.Query["symbol"] == "BADUSDT"
            ? ProviderServer.RefuseAsync(context, 500)
            : context.Response.WriteAsync("[[1767225600000,\"1\",\"2\",\"0.5\",\"1.5\",\"10\",1,\"1\",1,\"1\",\"1\",\"0\"]]"));
        await using var host = new ProviderHost(server.Url, _binance);
        string[] tickers = ["BAD-USD", .. Enumerable.Range(0, 9).Select(one => $"C{one}-USD")];

        var answer = await host.Provider(ProviderName.Binance).ReadQuotesAsync(
            [.. tickers.Select(ticker => ProviderHost.Instrument(ticker, "CRYPTO"))], Cancellation);

        Assert.Equal(tickers[1..], answer.Quotes.Select(quote => quote.Quote.Ticker));
        Assert.Equal(FailureKind.Transient, answer.Failure?.Kind);
    }

    // Binance's files of recent years have microseconds.
    [Theory]
    [InlineData("1767225600000000")]
    [InlineData("-1")]
    [InlineData("\"1767225600000\"")]
    public async Task A_candle_without_a_time_is_invalid_data_and_counted(string time)
    {
        await using var server = await ProviderServer.StartAsync(
            $"[[{time},\"1\",\"2\",\"0.5\",\"1.5\",\"10\",1,\"1\",1,\"1\",\"1\",\"0\"]]");
        await using var host = new ProviderHost(server.Url, _binance);

        var failure = await Assert.ThrowsAsync<ProviderException>(() =>
            host.Provider(ProviderName.Binance).ReadQuotesAsync([_bitcoin], Cancellation));

        Assert.Equal(FailureKind.InvalidData, failure.Kind);
        Assert.Equal(FailureKind.InvalidData, (await host.FailureAsync(ProviderName.Binance)).Kind);
        Assert.Equal(2, host.Record(ProviderName.Binance).FailuresOf(FailureKind.InvalidData));
    }

    [Fact]
    public async Task Many_coins_are_spread_over_streams_that_end_together()
    {
        var sample = await File.ReadAllTextAsync(SharedData.PathOf("provider-samples/binance/ws-kline.json"), Cancellation);
        var close = new TaskCompletionSource();
        await using var server = await ProviderServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var symbol = context.Request.Query["streams"].ToString().Split('@')[0].ToUpperInvariant();
            var message = Enveloped(sample.Replace("BNBBTC", symbol, StringComparison.Ordinal));
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            await close.Task.WaitAsync(context.RequestAborted);
            await (symbol == "C400USDT"
                ? socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted)
                : Task.Delay(Timeout.Infinite, context.RequestAborted));
        });
        await using var host = new ProviderHost(server.Url, _binance);
        Instrument[] coins = [.. Enumerable.Range(0, 450).Select(one => ProviderHost.Instrument($"C{one:000}-USD", "CRYPTO"))];

        var quoted = new List<string>();
        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var quote in host.Provider(ProviderName.Binance).StreamAsync(coins, Cancellation))
            {
                quoted.Add(quote.Quote.Ticker);
                if (quoted.Count == 3)
                {
                    close.SetResult();
                }
            }
        });

        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(["C000-USD", "C200-USD", "C400-USD"], quoted.Order(StringComparer.Ordinal));
        var names = server.Requests.Select(request => request.Split('=')[1].Split('/')).ToList();
        Assert.Equal([50, 200, 200], names.Select(some => some.Length).Order());
        Assert.Equal(450, names.SelectMany(some => some).Distinct().Count());
    }

    [Fact]
    public async Task The_stream_gives_the_day_as_it_changes_and_the_close_of_the_day_before_once_it_has_seen_it()
    {
        // The documented message, whose invented numbers have a low above the open.
        var sample = await File.ReadAllTextAsync(SharedData.PathOf("provider-samples/binance/ws-kline.json"), Cancellation);
        var first = sample.Replace("BNBBTC", "BTCUSDT", StringComparison.Ordinal);
        var next = first.Replace("\"t\":1672515780000", "\"t\":1672531200000", StringComparison.Ordinal)
            .Replace("\"c\":\"0.0020\"", "\"c\":\"0.0021\"", StringComparison.Ordinal);
        await using var server = await StreamAsync(
            "{\"result\":null,\"id\":1}", Enveloped(first), Enveloped(next));
        await using var host = new ProviderHost(server.Url, _binance);

        var quotes = new List<ProvidedQuote>();
        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var quote in host.Provider(ProviderName.Binance).StreamAsync([_bitcoin], Cancellation))
            {
                quotes.Add(quote);
            }
        });

        Assert.Equal(
            [
                new Quote("BTC-USD", 0.0020, double.NaN, 0.0010, 0.0025, 0.0015, 1000),
                new Quote("BTC-USD", 0.0021, 0.0020, 0.0010, 0.0025, 0.0015, 1000),
            ],
            quotes.Select(quote => quote.Quote));
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1672515782136), quotes[0].Time);
        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(["/stream?streams=btcusdt@kline_1d"], server.Requests);
    }

    [Theory]
    [InlineData("<html>busy</html>")]
    [InlineData("{\"data\":{\"e\":\"kline\",\"E\":1,\"s\":\"BTCUSDT\",\"k\":{\"t\":1,\"o\":\"x\"}}}")]
    public async Task A_senseless_message_ends_the_stream(string message)
    {
        await using var server = await StreamAsync(message);
        await using var host = new ProviderHost(server.Url, _binance);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => FirstAsync(host));

        Assert.Equal(FailureKind.InvalidData, failure.Kind);
        Assert.Equal(1, host.Record(ProviderName.Binance).FailuresOf(FailureKind.InvalidData));
    }

    [Fact]
    public async Task A_message_without_end_is_cut_off()
    {
        await using var server = await StreamAsync(new string(' ', 1 << 20));
        await using var host = new ProviderHost(server.Url, _binance);

        Assert.Equal(FailureKind.InvalidData, (await Assert.ThrowsAsync<ProviderException>(() => FirstAsync(host))).Kind);
    }

    [Fact]
    public async Task A_silent_stream_ends_as_a_failure()
    {
        await using var server = await ProviderServer.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var host = new ProviderHost(server.Url, _binance, ("Binance:Silence", "00:00:00.2"));

        var failure = await Assert.ThrowsAsync<ProviderException>(() => FirstAsync(host));

        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Contains("silent", failure.Message, StringComparison.Ordinal);
    }

    private static string Enveloped(string data) => $$"""{"stream":"btcusdt@kline_1d","data":{{data}}}""";

    private static async Task FirstAsync(ProviderHost host)
    {
        await foreach (var quote in host.Provider(ProviderName.Binance).StreamAsync([_bitcoin], Cancellation))
        {
            Assert.Fail($"A quote came of it: {quote}");
        }
    }

    private static Task<ProviderServer> StreamAsync(params string[] messages) => ProviderServer.StartAsync(async context =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        foreach (var message in messages)
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    });
}

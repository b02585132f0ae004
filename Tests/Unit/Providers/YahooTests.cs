using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;

namespace Trading.Tests.Unit.Providers;

public sealed class YahooTests
{
    private static readonly (string, string) _yahoo = ("Equity", "Yahoo");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chart_gives_the_sessions_with_their_prices()
    {
        await using var server = await ProviderServer.WithSampleAsync("yahoo/chart-AAPL-1d-2020-01-01_03.json");

        var history = await server.DailyAsync(ProviderName.Yahoo, ProviderHost.Instrument("AAPL"), _yahoo);

        // The recorded body has 74.05999755859375 and so on: single precision written out.
        Assert.Equal(
            [new ProvidedBar(new(2020, 1, 2), new Bar(default, 74.06, 75.15, 73.7975, 75.0875, 135480400))], history.Bars);
        var asked = Assert.Single(server.Requests);
        Assert.StartsWith("/v8/finance/chart/AAPL?period1=631065600&period2=", asked, StringComparison.Ordinal);
        Assert.Contains("events=div%7Csplit", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Splits_after_a_session_are_taken_back_so_that_prices_are_as_they_were_traded()
    {
        // The recording ends in 2021; asked for up to today, as it always is, it also has the split of 2024.
        var body = JsonNode.Parse(await File.ReadAllTextAsync(
            SharedData.PathOf("provider-samples/yahoo/chart-NVDA-1d-2021-with-split.json"), Cancellation))!;
        body["chart"]!["result"]![0]!["events"]!["splits"]!["1718026200"] =
            JsonNode.Parse("""{"date":1718026200,"numerator":10,"denominator":1,"splitRatio":"10:1"}""");
        await using var server = await ProviderServer.StartAsync(body.ToJsonString());

        var history = await server.DailyAsync(ProviderName.Yahoo, ProviderHost.Instrument("NVDA"), _yahoo);

        // Alpha Vantage's prices as traded.
        var traded = await TradedAsync("NVDA");
        var common = history.Bars.Where(bar => traded.ContainsKey(bar.Session)).ToList();
        Assert.True(common.Count > 50, $"{common.Count} sessions are in both.");
        Assert.All(common, bar =>
        {
            var (close, volume) = traded[bar.Session];
            Assert.Equal(1, bar.Bar.Close / close, 4);
            Assert.Equal(1, bar.Bar.Volume / volume, 0.05);
        });
        Assert.Equal(
            [new(new(2021, 7, 20), CorporateActionKind.Split, 4), new(new(2024, 6, 10), CorporateActionKind.Split, 10)],
            history.Actions);
    }

    [Fact]
    public async Task Splits_and_dividends_are_told_with_their_dates()
    {
        await using var server = await ProviderServer.WithSampleAsync(
            "yahoo/chart-AAPL-1d-2020-08-31_11-07-with-split-and-dividend.json");

        var history = await server.DailyAsync(ProviderName.Yahoo, ProviderHost.Instrument("AAPL"), _yahoo);

        Assert.Equal(
            [new(new(2020, 8, 31), CorporateActionKind.Split, 4), new(new(2020, 11, 6), CorporateActionKind.Dividend, 0.205)],
            history.Actions);
        var traded = await TradedAsync("AAPL");
        Assert.Equal(49, history.Bars.Count);
        Assert.All(history.Bars, bar => Assert.Equal(traded[bar.Session].Close, bar.Bar.Close, 0.01));
    }

    [Fact]
    public async Task A_weekend_without_data_is_an_empty_history()
    {
        await using var server = await ProviderServer.WithSampleAsync("yahoo/chart-AAPL-1m-weekend-no-data.json");

        Assert.Empty((await server.DailyAsync(ProviderName.Yahoo, ProviderHost.Instrument("AAPL"), _yahoo)).Bars);
    }

    [Theory]
    [InlineData("chart-BTC-USD-1d.json", "BTC-USD", "CRYPTO", "Crypto", "BTC-USD")]
    [InlineData("chart-EURUSD=X-1d.json", "EUR/USD", "XLON", "Currency", "EURUSD%3DX")]
    public async Task Coins_and_currencies_are_dated_by_the_day_of_their_own_time_zone(
        string file, string ticker, string exchange, string assetClass, string asked)
    {
        await using var server = await ProviderServer.WithSampleAsync($"yahoo/{file}");

        var history = await server.DailyAsync(
            ProviderName.Yahoo, ProviderHost.Instrument(ticker, exchange), (assetClass, "Yahoo"));

        Assert.Equal([new(2020, 1, 1), new(2020, 1, 2), new(2020, 1, 3)], history.Bars.Select(bar => bar.Session));
        Assert.Contains(
            $"/chart/{Uri.UnescapeDataString(asked)}?",
            Uri.UnescapeDataString(server.Requests[0]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_symbol_is_not_found_and_not_asked_for_again()
    {
        await using var server = await ProviderServer.StartAsync(context => ProviderServer.RefuseAsync(
            context,
            404,
            """{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}"""));
        await using var host = new ProviderHost(server.Url, _yahoo);

        Assert.Equal(FailureKind.NotFound, (await host.FailureAsync(ProviderName.Yahoo)).Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Prices_in_pence_become_pounds_and_another_currency_is_refused()
    {
        await using var server = await ProviderServer.StartAsync(
            """
            {"chart":{"result":[{"meta":{"currency":"GBp","symbol":"VOD.L","exchangeTimezoneName":"Europe/London"},
            "timestamp":[1735804800],"indicators":{"quote":[
            {"open":[68.5],"high":[69.25],"low":[68],"close":[69],"volume":[100]}]}}],"error":null}}
            """);
        await using var host = new ProviderHost(server.Url, _yahoo);
        var yahoo = host.Provider(ProviderName.Yahoo);

        var pounds = await yahoo.ReadDailyAsync(
            ProviderHost.Instrument("VOD", "XLON", "GBP"), Asked.First, Asked.Last, Cancellation);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => yahoo.ReadDailyAsync(
            ProviderHost.Instrument("VOD", "XLON", "EUR"), Asked.First, Asked.Last, Cancellation));

        Assert.Equal(new Bar(default, 0.685, 0.6925, 0.68, 0.69, 100), Assert.Single(pounds.Bars).Bar);
        Assert.Equal(FailureKind.NotFound, failure.Kind);
        Assert.Equal(BreakerState.Closed, host.Record(ProviderName.Yahoo).Breaker);
        Assert.Contains("/chart/VOD.L?", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_come_in_one_batch_once_a_cookie_and_a_crumb_are_there()
    {
        var quotes = await File.ReadAllBytesAsync(
            SharedData.PathOf("provider-samples/yahoo/quote-AAPL-BABA.json"), Cancellation);
        await using var server = await ProviderServer.StartAsync(context => AnswerAsync(context, quotes));
        await using var host = new ProviderHost(server.Url, _yahoo);

        var read = await host.Provider(ProviderName.Yahoo).ReadQuotesAsync(
            [ProviderHost.Instrument("AAPL"), ProviderHost.Instrument("BABA", "XNYS")], Cancellation);
        await host.Provider(ProviderName.Yahoo).ReadQuotesAsync([ProviderHost.Instrument("AAPL")], Cancellation);

        Assert.Equal(
            [
                new ProvidedQuote(
                    new Quote("AAPL", 244.6, 241.53, 241.07, 245.41, 241, 40896227),
                    DateTime.UnixEpoch.AddSeconds(1739566800),
                    IsTrading: false),
                new ProvidedQuote(
                    new Quote("BABA", 124.73, 119.54, 126.59, 126.8, 120.495, 52086273),
                    DateTime.UnixEpoch.AddSeconds(1739566802),
                    IsTrading: false),
            ],
            read.Quotes);
        Assert.Equal(
            [
                "/v7/finance/quote?symbols=AAPL%2CBABA",
                "/cookie",
                "/v1/test/getcrumb",
                "/v7/finance/quote?symbols=AAPL%2CBABA&crumb=a.b%2Fc",
                "/v7/finance/quote?symbols=AAPL&crumb=a.b%2Fc",
            ],
            server.Requests);
    }

    [Theory]
    [InlineData("VUSD.L", "\"USD\"", "101.5", "1767225600", "not_found")]
    [InlineData("VUSD.L", "\"GBp\"", "101.5", "1767225600000", "invalid_data")]
    [InlineData("VUSD.L", "\"GBp\"", "\"n/a\"", "1767225600", "invalid_data")]
    [InlineData("VUSD.L", "\"GBp\"", "-5", "1767225600", "invalid_data")]
    [InlineData("VUSD.L", "\"GBp\"", "101.5", "32503679999", "invalid_data")]
    public async Task One_odd_quote_is_left_out_and_counted_and_the_others_are_taken(
        string symbol, string currency, string price, string time, string kind)
    {
        await using var server = await ProviderServer.StartAsync(Quotes(
            [.. Enumerable.Range(0, 10).Select(one => Quote($"T{one}")), Quote(symbol, currency, price, time)]));
        await using var host = new ProviderHost(server.Url, _yahoo);
        Instrument[] asked =
        [
            ProviderHost.Instrument("VUSD", "XLON", "GBP"),
            .. Enumerable.Range(0, 10).Select(one => ProviderHost.Instrument($"T{one}")),
        ];

        for (var poll = 1; poll <= 7; poll++)
        {
            var quotes = await host.Chain(AssetClass.Equity).ReadQuotesAsync(asked, Cancellation);

            Assert.Equal(
                asked[1..].Select(one => one.Ticker),
                quotes.Select(quote => quote.Ticker).Order(StringComparer.Ordinal));
            Assert.Equal(poll, host.Record(ProviderName.Yahoo).FailuresOf(
                Enum.GetValues<FailureKind>().Single(known => known.Code() == kind)));
        }

        Assert.Equal(BreakerState.Closed, host.Record(ProviderName.Yahoo).Breaker);
        Assert.Equal(7, host.Record(ProviderName.Yahoo).Successes);
    }

    [Fact]
    public async Task A_line_in_dollars_on_a_London_listing_is_taken_as_it_is_where_the_instrument_is_in_dollars()
    {
        await using var server = await ProviderServer.StartAsync(Quotes([Quote("VUSD.L")]));
        await using var host = new ProviderHost(server.Url, _yahoo);

        var quote = Assert.Single(await host.Chain(AssetClass.Equity).ReadQuotesAsync(
            [ProviderHost.Instrument("VUSD", "XLON", "USD")], Cancellation));

        Assert.Equal(101.5, quote.Provided.Quote.Price);
    }

    [Fact]
    public async Task Quotes_whose_times_are_all_in_milliseconds_are_a_failure_of_the_provider()
    {
        await using var server = await ProviderServer.StartAsync(
            Quotes([Quote("AAPL", time: "1767225600000"), Quote("MSFT", time: "1767225600001")]));
        await using var host = new ProviderHost(server.Url, _yahoo);

        for (var poll = 0; poll < 5; poll++)
        {
            Assert.Empty(await host.Chain(AssetClass.Equity).ReadQuotesAsync(
                [ProviderHost.Instrument("AAPL"), ProviderHost.Instrument("MSFT")], Cancellation));
        }

        Assert.Equal(5, host.Record(ProviderName.Yahoo).FailuresOf(FailureKind.InvalidData));
        Assert.Equal(BreakerState.Open, host.Record(ProviderName.Yahoo).Breaker);
    }

    [Fact]
    public async Task Where_one_batch_fails_the_others_are_kept_and_the_next_provider_is_asked_for_its_instruments()
    {
        await using var server = await ProviderServer.StartAsync(context =>
        {
            if (context.Request.Path.StartsWithSegments("/api"))
            {
                return context.Response.WriteAsync(
                    "[[1767225600000,\"1\",\"2\",\"0.5\",\"1.5\",\"10\",1,\"1\",1,\"1\",\"1\",\"0\"]]");
            }

            var symbols = context.Request.Query["symbols"].ToString().Split(',');
            return symbols.Contains("CCC-USD")
                ? ProviderServer.RefuseAsync(context, 500)
                : context.Response.WriteAsync(Quotes([.. symbols.Select(symbol => Quote(symbol))]));
        });
        await using var host = new ProviderHost(server.Url, ("Crypto", "Yahoo,Binance"), ("Yahoo:BatchSize", "2"));
        string[] tickers = ["AAA-USD", "BBB-USD", "CCC-USD", "DDD-USD", "EEE-USD"];

        var quotes = await host.Chain(AssetClass.Crypto).ReadQuotesAsync(
            [.. tickers.Select(ticker => ProviderHost.Instrument(ticker, "CRYPTO"))], Cancellation);

        var (yahoo, binance) = (ProviderName.Yahoo, ProviderName.Binance);
        Assert.Equal(
            [("AAA-USD", yahoo), ("BBB-USD", yahoo), ("CCC-USD", binance), ("DDD-USD", binance), ("EEE-USD", yahoo)],
            quotes.Select(quote => (quote.Ticker, quote.Provider)).OrderBy(quote => quote.Ticker, StringComparer.Ordinal));
        Assert.Equal(2, server.Requests.Count(request => request.StartsWith("/api", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_coin_far_below_a_cent_keeps_its_price()
    {
        await using var server = await ProviderServer.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.StartsWithSegments("/v8")
                ? """
                {"chart":{"result":[{"meta":{"currency":"USD","exchangeTimezoneName":"UTC"},"timestamp":[1767225600],
                "indicators":{"quote":[{"open":[0.00000861],"high":[0.00000889],"low":[0.00000851],"close":[0.00000871],
                "volume":[1e12]}]}}],"error":null}}
                """
                : Quotes([Quote("SHIB-USD", price: "0.00000871"), Quote("PEPE-USD", price: "0.00000042")])));
        await using var host = new ProviderHost(server.Url, ("Crypto", "Yahoo"));
        var (shib, pepe) = (ProviderHost.Instrument("SHIB-USD", "CRYPTO"), ProviderHost.Instrument("PEPE-USD", "CRYPTO"));

        var quotes = await host.Chain(AssetClass.Crypto).ReadQuotesAsync([shib, pepe], Cancellation);
        var (_, history) = await host.Chain(AssetClass.Crypto).ReadDailyAsync(shib, Asked.First, Asked.Last, Cancellation);

        Assert.Equal([0.00000871, 0.00000042], quotes.Select(quote => quote.Provided.Quote.Price));
        Assert.Equal(new Bar(default, 0.00000861, 0.00000889, 0.00000851, 0.00000871, 1e12), Assert.Single(history.Bars).Bar);
    }

    private static string Quotes(string[] quotes) =>
        "{\"quoteResponse\":{\"result\":[" + string.Join(',', quotes) + "],\"error\":null}}";

    private static string Quote(
        string symbol, string currency = "\"USD\"", string price = "101.5", string time = "1767225600") =>
        $"{{\"symbol\":\"{symbol}\",\"currency\":{currency},\"marketState\":\"CLOSED\","
        + $"\"regularMarketPrice\":{price},\"regularMarketTime\":{time}}}";

    private static Task AnswerAsync(HttpContext context, byte[] quotes)
    {
        switch (context.Request.Path.Value)
        {
            case "/cookie":
                context.Response.Cookies.Append("A3", "d=1");
                return ProviderServer.RefuseAsync(context, 404);
            case "/v1/test/getcrumb" when context.Request.Cookies.ContainsKey("A3"):
                return context.Response.WriteAsync("a.b/c");
            default:
                return context.Request.Query["crumb"] == "a.b/c" && context.Request.Cookies.ContainsKey("A3")
                    ? ProviderServer.WriteAsync(context, quotes)
                    : ProviderServer.RefuseAsync(
                        context, 401, """{"finance":{"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}""");
        }
    }

    private static async Task<Dictionary<DateOnly, (double Close, double Volume)>> TradedAsync(string ticker)
    {
        await using var file = File.OpenRead(SharedData.PathOf("equities/us150-raw-with-actions-2018-2021.csv.gz"));
        await using var text = new GZipStream(file, CompressionMode.Decompress);
        using var lines = new StreamReader(text, Encoding.UTF8);
        var traded = new Dictionary<DateOnly, (double, double)>();
        while (await lines.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith($"{ticker},", StringComparison.Ordinal))
            {
                var fields = line.Split(',');
                traded[DateOnly.ParseExact(fields[1], "yyyy-MM-dd", CultureInfo.InvariantCulture)] =
                (
                    double.Parse(fields[5], CultureInfo.InvariantCulture),
                    double.Parse(fields[7], CultureInfo.InvariantCulture));
            }
        }

        return traded;
    }
}

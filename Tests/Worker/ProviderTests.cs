using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Trading.Domain.Market;
using Trading.Tests.Faults;
using Trading.Tests.Integration;
using Trading.Tests.Unit.Providers;

namespace Trading.Tests.Worker;

/// <summary>Bars and quotes on their way from a provider to the stores.</summary>
[Collection(SystemTests.Name)]
public sealed class ProviderTests(TradingSystem system) : IAsyncLifetime
{
    private ScratchDatabase? _database;
    private RedisServer? _redis;
    private TickLog? _log;
    private volatile string _upstream = "well";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScratchDatabase Database => _database!;

    private RedisServer Redis => _redis!;

    private static DateTime Today => TimeProvider.System.GetUtcNow().UtcDateTime.Date;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system);
        _redis = await RedisServer.StartAsync();
        _log = new TickLog(_redis);
    }

    public async ValueTask DisposeAsync()
    {
        _log?.Dispose();
        await Redis.DisposeAsync();
        await Database.DisposeAsync();
    }

    [Fact]
    public async Task A_watched_instrument_is_listed_its_sessions_are_stored_and_its_quotes_become_bars()
    {
        await using var server = await ProviderServer.StartAsync(AnswerAsync);
        await using var worker = await StartAsync(server);

        var days = await Eventually.ReturnsAsync(
            async () => await TryBarsAsync(BarInterval.OneDay) is { Count: 4 } bars ? bars : null, "three sessions and today's");
        var minutes = await Eventually.ReturnsAsync(
            async () => await TryBarsAsync(BarInterval.OneMinute) is { Count: > 0 } bars ? bars : null, "a minute's bar");

        Assert.Equal([101.5, 102.5, 103.5, 110], days.Select(day => day.Bar.Close));
        Assert.Equal(
            [BarSource.Imported, BarSource.Imported, BarSource.Imported, BarSource.Live], days.Select(day => day.Source));
        Assert.Equal(Today.AddDays(1), days[^1].Bar.Time);
        Assert.Equal(110, minutes[^1].Bar.Close);
        var instrument = await Database.InstrumentAsync("BTC-USD");
        Assert.Equal(("USD", "CRYPTO", false), (instrument.Currency, instrument.Exchange, instrument.Synthetic));
        Assert.Equal("Healthy", await worker.CheckAsync("providers"));
    }

    [Fact]
    public async Task A_line_in_dollars_of_a_London_listing_is_listed_and_stored_in_dollars()
    {
        // 2024-01-03, a session in London.
        await using var server = await ProviderServer.StartAsync(
            """
            {"chart":{"result":[{"meta":{"currency":"USD","symbol":"VUSD.L","exchangeTimezoneName":"Europe/London"},
            "timestamp":[1704268800],"indicators":{"quote":[
            {"open":[88.5],"high":[89.25],"low":[88],"close":[89],"volume":[100]}]}}],"error":null}}
            """);
        await using var worker = await WorkerHost.StartAsync(
            Database,
            Redis,
            source: null,
            ("Providers:Equity", "Yahoo"),
            ("Providers:Watch", "VUSD@XLON:USD"),
            ("Providers:Yahoo:Url", server.Url),
            ("Providers:Yahoo:CookieUrl", $"{server.Url}/cookie"));

        var days = await Eventually.ReturnsAsync(
            async () => await TryBarsAsync(BarInterval.OneDay, "VUSD") is { Count: > 0 } bars ? bars : null, "the session");

        Assert.Equal(89, Assert.Single(days).Bar.Close);
        Assert.Equal("USD", (await Database.InstrumentAsync("VUSD")).Currency);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("hang")]
    [InlineData("html")]
    [InlineData("100 MB")]
    public async Task An_upstream_that_answers_500s_hangs_HTML_or_100_MB_opens_the_breaker_and_flags_the_quote_stale(string trouble)
    {
        await using var server = await ProviderServer.StartAsync(AnswerAsync);
        await using var worker = await StartAsync(server);
        await Eventually.IsTrueAsync(
            async () => await TryBarsAsync(BarInterval.OneMinute) is { Count: > 0 }, "quotes have become bars");
        var before = await TryBarsAsync(BarInterval.OneDay);

        _upstream = trouble;

        await Eventually.ReturnsAsync(
            async () => await worker.ProvidersAsync() is { } all
                && (string?)Find(all, "providers", "name", "binance")["breaker"] == "open"
                && (int?)Find(all, "asset_classes", "asset_class", "crypto")["stale"] == 1
                ? all : null,
            "the breaker opens and the quote is stale");
        var frame = await Eventually.ReturnsAsync(
            async () => await _log!.ReadAsync() is [.., { Header.Stale: true } last] ? last.Quotes : null,
            "the quote is flagged");

        Assert.Equal(110, frame["BTC-USD"].Price);
        Assert.Equal("Degraded", await worker.CheckAsync("providers"));
        Assert.Equal(before, await TryBarsAsync(BarInterval.OneDay));

        _upstream = "well";
        await Eventually.IsTrueAsync(async () => await worker.CheckAsync("providers") == "Healthy", "it recovers");
    }

    [Fact]
    public async Task A_worker_that_begins_while_nobody_answers_flags_what_the_one_before_left()
    {
        await using var server = await ProviderServer.StartAsync(AnswerAsync);
        await using (await StartAsync(server))
        {
            await Eventually.IsTrueAsync(
                async () => await _log!.ReadAsync() is [.., { Header.Stale: false } last] && last.Quotes.ContainsKey("BTC-USD"),
                "it is quoted");
        }

        _upstream = "500";
        await using var worker = await StartAsync(server);

        var frame = await Eventually.ReturnsAsync(
            async () => await _log!.ReadAsync() is [.., { Header.Stale: true } last] ? last.Quotes : null,
            "the quote is flagged");
        Assert.Equal(110, frame["BTC-USD"].Price);
        Assert.Equal("Degraded", await worker.CheckAsync("providers"));
    }

    private static JsonNode Find(JsonObject status, string list, string key, string value) =>
        status[list]!.AsArray().Single(one => (string?)one![key] == value)!;

    private static string Row(DateTime day, double close)
    {
        var open = new DateTimeOffset(day).ToUnixTimeMilliseconds();
        return string.Create(
            CultureInfo.InvariantCulture, $"[{open},\"100\",\"120\",\"90\",\"{close}\",\"7\",{open + 86_399_999},\"1\",1,\"1\",\"1\",\"0\"]");
    }

    private async Task<IReadOnlyList<Data.Bars.StoredBar>?> TryBarsAsync(BarInterval interval, string ticker = "BTC-USD")
    {
        try
        {
            return await Database.BarsAsync(ticker, interval);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        switch (_upstream)
        {
            case "500":
                await ProviderServer.RefuseAsync(context, 500);
                break;
            case "hang":
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "html":
                await context.Response.WriteAsync("<html>We are down.</html>");
                break;
            case "100 MB":
                context.Response.ContentLength = 100 << 20;
                await context.Response.WriteAsync("[");
                break;
            default:
                var isQuote = !context.Request.Query.ContainsKey("startTime");
                await context.Response.WriteAsync(isQuote
                    ? $"[{Row(Today.AddDays(-1), 103.5)},{Row(Today, 110)}]"
                    : $"[{Row(Today.AddDays(-3), 101.5)},{Row(Today.AddDays(-2), 102.5)},{Row(Today.AddDays(-1), 103.5)}]");
                break;
        }
    }

    private Task<WorkerHost> StartAsync(ProviderServer server) => WorkerHost.StartAsync(
        Database,
        Redis,
        source: null,
        ("Providers:Crypto", "Binance"),
        ("Providers:Watch", "BTC-USD@CRYPTO"),
        ("Providers:PollEvery", "00:00:01"),
        ("Providers:StaleAfter", "00:00:03"),
        ("Providers:Binance:Url", server.Url),
        ("Providers:Binance:StreamUrl", "ws://127.0.0.1:9"),
        ("Providers:Binance:RequestsPerSecond", "1000"),
        ("Providers:Binance:FirstDelay", "00:00:00.01"),
        ("Providers:Binance:Timeout", "00:00:01"),
        ("Providers:Binance:BreakFor", "00:00:02"),
        ("Providers:Binance:MaxBodyBytes", "100000"));
}

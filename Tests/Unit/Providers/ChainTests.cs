using Microsoft.AspNetCore.Http;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;

namespace Trading.Tests.Unit.Providers;

/// <summary>Order and failover.</summary>
public sealed class ChainTests
{
    private const string Csv = "Date,Open,High,Low,Close,Volume\n2020-01-02,1,2,0.5,1.5,7\n";
    private static readonly Instrument _apple = ProviderHost.Instrument("AAPL");
    private static readonly Instrument _bitcoin = ProviderHost.Instrument("BTC-USD", "CRYPTO");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(500, "transient")]
    [InlineData(404, "not_found")]
    [InlineData(451, "fatal")]
    public async Task What_the_first_does_not_give_the_next_does(int status, string kind)
    {
        await using var server = await ProviderServer.StartAsync(context => context.Request.Path.StartsWithSegments("/v8")
            ? ProviderServer.RefuseAsync(context, status)
            : context.Response.WriteAsync(Csv));
        await using var host = new ProviderHost(server.Url, ("Equity", "Yahoo, Stooq"));

        var (provider, history) = await DailyAsync(host, _apple);

        Assert.Equal(ProviderName.Stooq, provider);
        Assert.Equal(1.5, Assert.Single(history.Bars).Bar.Close);
        Assert.True(host.Record(ProviderName.Yahoo).FailuresOf(
            Enum.GetValues<FailureKind>().Single(known => known.Code() == kind)) > 0);
        Assert.NotNull(host.Record(ProviderName.Stooq).LastSuccess);
    }

    [Fact]
    public async Task The_order_is_that_of_the_configuration()
    {
        await using var server = await ProviderServer.StartAsync(Csv);
        await using var host = new ProviderHost(server.Url, ("Equity", "stooq,YAHOO"));

        await DailyAsync(host, _apple);

        Assert.StartsWith("/q/d/l/", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Equal(
            [ProviderName.Stooq, ProviderName.Yahoo],
            host.Chain(AssetClass.Equity).Providers.Select(provider => provider.Name));
        Assert.True(host.Chain(AssetClass.Crypto).IsSynthetic);
    }

    [Fact]
    public async Task Prices_that_cannot_be_are_left_to_the_next_provider()
    {
        await using var server = await ProviderServer.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.StartsWithSegments("/v8")
                ? """
                {"chart":{"result":[{"meta":{"currency":"USD","exchangeTimezoneName":"America/New_York"},"timestamp":[1577975400],
                "indicators":{"quote":[{"open":[1],"high":[2],"low":[-5],"close":[1.5],"volume":[10]}]}}],"error":null}}
                """
                : Csv));
        await using var host = new ProviderHost(server.Url, ("Equity", "Yahoo,Stooq"));

        var (provider, _) = await DailyAsync(host, _apple);

        Assert.Equal(ProviderName.Stooq, provider);
        Assert.Equal(1, host.Record(ProviderName.Yahoo).FailuresOf(FailureKind.InvalidData));
    }

    [Fact]
    public async Task Actions_come_from_whoever_tells_of_them_wherever_the_bars_come_from()
    {
        await using var server = await ProviderServer.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path.StartsWithSegments("/v8")
                ? """
                {"chart":{"result":[{"meta":{"currency":"USD","exchangeTimezoneName":"America/New_York"},"timestamp":[1577975400],
                "events":{"splits":{"1577975400":{"date":1577975400,"numerator":2,"denominator":1}}},
                "indicators":{"quote":[{"open":[1],"high":[2],"low":[0.5],"close":[1.5],"volume":[10]}]}}],"error":null}}
                """
                : Csv));
        await using var host = new ProviderHost(server.Url, ("Equity", "Stooq,Yahoo"));

        var (bars, _) = await DailyAsync(host, _apple);
        var (provider, history) = await host.Chain(AssetClass.Equity).ReadDailyAsync(
            _apple, Asked.First, Asked.Last, Cancellation, ProviderAbilities.Actions);

        Assert.Equal((ProviderName.Stooq, ProviderName.Yahoo), (bars, provider));
        Assert.Equal([new(new(2020, 1, 2), CorporateActionKind.Split, 2)], history.Actions);
    }

    [Fact]
    public async Task Where_nobody_has_past_sessions_that_is_what_is_said()
    {
        await using var host = new ProviderHost("http://localhost");

        var failure = await Assert.ThrowsAsync<ProviderException>(() => DailyAsync(host, _apple));

        Assert.Contains("No provider of past sessions is configured", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_none_gives_it_the_last_failure_says_why()
    {
        await using var server = await ProviderServer.StartAsync(context =>
            ProviderServer.RefuseAsync(context, context.Request.Path.StartsWithSegments("/v8") ? 500 : 451));
        await using var host = new ProviderHost(server.Url, ("Equity", "Yahoo,Stooq"));

        var failure = await Assert.ThrowsAsync<ProviderException>(() => DailyAsync(host, _apple));

        Assert.Equal(FailureKind.Fatal, failure.Kind);
    }

    [Fact]
    public async Task A_late_quote_is_replaced_by_a_newer_one_of_the_next_and_else_kept_and_marked()
    {
        var late = TimeProvider.System.GetUtcNow().AddHours(-2).ToUnixTimeSeconds();
        var isThere = true;
        await using var server = await ProviderServer.StartAsync(context => context.Request.Path.StartsWithSegments("/api")
            ? Volatile.Read(ref isThere)
                ? context.Response.WriteAsync(
                    $"""[[{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()},"100","110","90","105","5",1,"1",1,"1","1","0"]]""")
                : ProviderServer.RefuseAsync(context, 451)
            : context.Response.WriteAsync(
                "{\"quoteResponse\":{\"result\":[{\"symbol\":\"BTC-USD\",\"currency\":\"USD\",\"marketState\":\"REGULAR\","
                + $"\"regularMarketPrice\":99,\"regularMarketTime\":{late}}}]}}}}"));
        await using var host = new ProviderHost(server.Url, ("Crypto", "Yahoo,Binance"));
        var chain = host.Chain(AssetClass.Crypto);

        var newer = Assert.Single(await chain.ReadQuotesAsync([_bitcoin], Cancellation));
        Volatile.Write(ref isThere, false);
        var kept = Assert.Single(await chain.ReadQuotesAsync([_bitcoin], Cancellation));

        Assert.Equal((ProviderName.Binance, 105, false), (newer.Provider, newer.Provided.Quote.Price, newer.IsLate));
        Assert.Equal((ProviderName.Yahoo, 99, true), (kept.Provider, kept.Provided.Quote.Price, kept.IsLate));
    }

    [Fact]
    public async Task Thirty_instruments_are_fetched_in_parallel()
    {
        // Nobody is answered before all have asked: one after the other, they would wait for ever.
        using var all = new CountdownEvent(30);
        var together = new TaskCompletionSource();
        await using var server = await ProviderServer.StartAsync(async context =>
        {
            if (all.Signal())
            {
                together.SetResult();
            }

            await together.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(
                """
                {"chart":{"result":[{"meta":{"currency":"USD","exchangeTimezoneName":"America/New_York"},"timestamp":[1577975400],
                "indicators":{"quote":[{"open":[1],"high":[2],"low":[0.5],"close":[1.5],"volume":[10]}]}}],"error":null}}
                """);
        });
        // The limits of Yahoo as they are by default, but for the address.
        var defaults = new YahooOptions();
        await using var host = new ProviderHost(
            server.Url,
            ("Equity", "Yahoo"),
            ("Yahoo:Burst", $"{defaults.Burst}"),
            ("Yahoo:Timeout", "00:01:00"),
            ("Yahoo:TotalTimeout", "00:01:00"));

        var read = await Task.WhenAll(Enumerable.Range(0, 30).Select(
            number => DailyAsync(host, ProviderHost.Instrument($"T{number}"))));

        Assert.All(read, each => Assert.Single(each.History.Bars));
    }

    private static Task<(ProviderName Provider, ProviderHistory History)> DailyAsync(ProviderHost host, Instrument instrument) =>
        host.Chain(instrument.ClassOf()).ReadDailyAsync(instrument, Asked.First, Asked.Last, Cancellation);
}

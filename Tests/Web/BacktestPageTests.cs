using Microsoft.Playwright;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class BacktestPageTests(TradingSystem system) : PageTests(system)
{
    private const string Run = "[data-testid=backtest-form] button.primary";

    [Fact]
    public async Task A_backtest_goes_from_the_form_to_a_report_whose_figures_say_what_they_mean()
    {
        var user = await Running.SubscribeAsync(Tiers.Pro, Cancellation);
        using var own = user.Http;
        var ticker = await Running.AnyTickerAsync(Cancellation);
        var page = await OpenAsync(user, "backtests/new?strategy=ma_cross");

        await page.Locator("input[name=fast]").FillAsync("5");
        await AddAsync(page, ticker);
        await page.ClickAsync(Run);
        await page.Locator("[data-testid=report]").WaitForAsync();
        await page.Locator("[data-testid=figure-sharpe]").ClickAsync();
        await page.Locator("[data-testid=chart] canvas[data-marks]").WaitForAsync();
        await PhotographAsync(page, "backtest");
        await page.Locator("[data-testid=trades] tbody tr:has(td) button").First.ClickAsync();
        await page.Locator("[data-testid=chart] canvas[data-band]").WaitForAsync();
        await PhotographAsync(page, "backtest-trade");
        var file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("[data-testid=trades-csv]"));

        var kept = Assert.Single((await user.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items);
        Assert.Equal((ticker, 5d), (kept.Instruments.Single(), kept.Arguments["fast"]));
        Assert.EndsWith(kept.Id.ToString(), page.Url, StringComparison.Ordinal);
        Assert.Equal($"backtest_{kept.Id}_trades.csv", file.SuggestedFilename);
        Assert.True(
            await page.GetByText("mean(daily excess return)").First.IsVisibleAsync(), "The definition is a click away.");
        var stamp = await page.Locator("[data-testid=stamp]").InnerTextAsync();
        Assert.Contains("no look-ahead", stamp, StringComparison.Ordinal);
        Assert.Contains("survivorship-biased", stamp, StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator("[data-testid=equity] polyline").CountAsync());
        Assert.Equal(
            $"{2 * kept.Figures!.Trades}",
            await page.Locator("[data-testid=chart] canvas").GetAttributeAsync("data-marks"));
        var trades = await user.Api.ListBacktestTradesAsync(kept.Id, cancellationToken: Cancellation);
        Assert.Contains(
            trades.Items[0].EntryTime.ToString("yyyy-MM-dd", null),
            await page.Locator("[data-testid=trades] tbody tr:has(td)").First.InnerTextAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_backtest_is_said_beside_the_field_and_nothing_is_run()
    {
        var user = await Running.SubscribeAsync(Tiers.Pro, Cancellation);
        using var own = user.Http;
        var ticker = await Running.AnyTickerAsync(Cancellation);
        var page = await OpenAsync(user, "backtests/new");

        await page.ClickAsync("summary:text-is('Add several')");
        await page.FillAsync("textarea", $"NOPE1, {ticker}");
        await page.ClickAsync("button:text-is('Add these')");
        await page.Locator("[data-testid=backtest-form] .wrong:has-text('no instruments NOPE1')").WaitForAsync();
        await page.ClickAsync($"[aria-label='Remove {ticker}']");
        await page.Locator("input[name=fast]").FillAsync("0");
        await page.Locator("input[name=from]").FillAsync("2024-02-01");
        await page.Locator("input[name=to]").FillAsync("2023-01-31");
        await page.Locator("input[name=cash]").FillAsync("-1");
        await page.Locator("input[name=benchmark]").FillAsync("NOPE");
        await page.ClickAsync(Run);

        await page.Locator("[data-testid=fault]").WaitForAsync();
        await PhotographAsync(page, "backtest-wrong");
        foreach (var (field, text) in new[]
        {
            ("arguments", "fast is a whole number from"),
            ("instruments", "1 to 500 tickers."),
            ("from", "Lies before to."),
            ("cash", "Above 0"), ("benchmark", "No instrument has the ticker NOPE"),
        })
        {
            Assert.Contains(
                text, await page.Locator($"[data-testid=wrong-{field}]").InnerTextAsync(), StringComparison.Ordinal);
        }

        Assert.Empty((await user.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items);
    }

    [Fact]
    public async Task A_search_shows_how_far_it_is_and_ends_with_results_out_of_sample()
    {
        var user = await Running.SubscribeAsync(Tiers.Pro, Cancellation);
        using var own = user.Http;
        var page = await OpenAsync(user, "backtests/new?strategy=rsi_reversion");

        await AddAsync(page, await Running.AnyTickerAsync(Cancellation));
        await page.CheckAsync("input[name=sweep]");
        foreach (var name in new[] { "oversold", "recovered" })
        {
            await page.CheckAsync($"input[name=vary-{name}]");
        }

        foreach (var name in new[] { "period", "oversold", "recovered" })
        {
            await page.Locator($"input[aria-label='{name} step']").FillAsync("1");
        }

        await page.FillAsync("input[name=trials]", "20000");
        await page.Locator("[data-testid=combinations]:has-text('20,000 of')").WaitForAsync();
        await PhotographAsync(page, "backtest-search");
        await page.ClickAsync(Run);
        await page.Locator("[data-testid=progress]:has-text('of 20,000')").WaitForAsync();
        await page.Locator("[data-testid=windows] tbody tr").First.WaitForAsync(new() { Timeout = 120_000 });
        await PhotographAsync(page, "backtest-sweep");

        var kept = Assert.Single((await user.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items);
        Assert.Equal(20_000, kept.Trials);
        Assert.Equal(5, await page.Locator("[data-testid=windows] tbody tr").CountAsync());
        Assert.Equal("20,000", await page.Locator("[data-testid=sweep-trial_count]").InnerTextAsync());
    }

    [Fact]
    public async Task A_long_backtest_tells_its_rate_and_is_cancelled_on_its_page()
    {
        var user = await Running.SubscribeAsync(Tiers.Pro, Cancellation);
        using var own = user.Http;
        var many = (await Running.Api.SearchInstrumentsAsync(new InstrumentQuery { Limit = 10 }, Cancellation)).Items;
        var queued = await user.Api.StartBacktestAsync(
            new BacktestRequest
            {
                Strategy = "rsi_reversion",
                Instruments = [.. many.Select(instrument => instrument.Ticker)],
                Sweep = new BacktestSweep(
                    [new("period", 2, 50, 1), new("oversold", 10, 45, 1), new("recovered", 46, 90, 1)]),
            },
            Cancellation);
        var page = await OpenAsync(user, $"backtests/{queued.Id}");

        await page.Locator("[data-testid=progress]:has-text('a second')").WaitForAsync(new() { Timeout = 90_000 });
        await PhotographAsync(page, "backtest-progress");
        await page.ClickAsync("[data-testid=progress] button");
        await page.Locator("[data-testid=ended]:has-text('cancelled')").WaitForAsync();

        Assert.Equal("cancelled", (await user.Api.GetBacktestAsync(queued.Id, Cancellation)).State);
    }

    [Fact]
    public async Task Two_backtests_are_compared_exported_and_deleted_and_nobody_elses()
    {
        var user = await Running.SubscribeAsync(Tiers.Pro, Cancellation);
        using var own = user.Http;
        var ticker = await Running.AnyTickerAsync(Cancellation);
        var cross = await user.Api.StartBacktestAsync(
            new BacktestRequest { Strategy = "ma_cross", Instruments = [ticker] }, Cancellation);
        var momentum = await user.Api.StartBacktestAsync(
            new BacktestRequest { Strategy = "momentum", Instruments = [ticker], Cash = 50_000 }, Cancellation);
        var page = await OpenAsync(user, "backtests");

        var rows = page.Locator("[data-testid=backtests] tbody tr");
        await rows.Nth(1).WaitForAsync();
        await PhotographAsync(page, "backtests");
        await rows.Nth(0).Locator("input").CheckAsync();
        await rows.Nth(1).Locator("input").CheckAsync();
        await page.ClickAsync("[data-testid=compare]");
        await page.Locator("[data-testid=compared] polyline").Nth(1).WaitForAsync();
        await PhotographAsync(page, "backtest-compare");

        Assert.Contains("cash", await page.Locator("[data-testid=differ]").InnerTextAsync(), StringComparison.Ordinal);
        var sharpe = await page.Locator("[data-testid=comparison] tr:has(summary:text-is('Sharpe ratio')) td")
            .AllInnerTextsAsync();
        Assert.All(
            new[] { momentum, cross }.Zip(sharpe),
            pair => Assert.Contains(
                pair.First.Figures!.Sharpe!.Value.ToString("0.00", null).Replace('-', '\u2212'),
                pair.Second,
                StringComparison.Ordinal));

        var file = await page.Context.APIRequest.GetAsync(AddressOf($"/backtests/{cross.Id}/export?format=csv"));
        Assert.Equal("text/csv; charset=utf-8", file.Headers["content-type"]);
        Assert.Equal(cross.Figures!.Trades + 1, (await file.TextAsync()).TrimEnd().Split('\n').Length);
        var other = await Running.SubscribeAsync(Tiers.Pro, Cancellation);
        using var others = other.Http;
        var stranger = await OpenAsync(other, $"backtests/{cross.Id}");
        await stranger.Locator("[data-testid=fault]:has-text('You have no backtest of this id')").WaitForAsync();
        var refused = await stranger.Context.APIRequest.GetAsync(AddressOf($"/backtests/{cross.Id}/export?format=csv"));
        Assert.Equal(404, refused.Status);

        await page.ClickAsync("a:text-is('All backtests')");
        await rows.Nth(0).Locator("button:text-is('Delete')").ClickAsync();
        await page.ClickAsync("button:text-is('Yes, delete')");
        await Eventually.IsTrueAsync(
            async () => (await user.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items is [var left]
                && left.Id == cross.Id,
            "the newer one is gone");
    }

    [Fact]
    public async Task Run_again_a_text_with_its_size_and_search_is_the_same_backtest()
    {
        var user = await Running.SubscribeAsync(Tiers.Pro, Cancellation);
        using var own = user.Http;
        var first = await user.Api.StartBacktestAsync(
            new BacktestRequest
            {
                Source = "param days = 5 in 2..50\nentry: close > 0\nexpiry: days bars",
                Instruments = [await Running.AnyTickerAsync(Cancellation)],
                From = "2024-01-01",
                To = "2025-12-31",
                Size = new BacktestSize("equity", 0.25),
                Sweep = new([new("days", 5, 20, 5)], null, "calmar", 4, 2),
            },
            Cancellation);
        var page = await OpenAsync(user, $"backtests/{first.Id}");

        await page.Locator("[data-testid=stamp] summary").ClickAsync();
        Assert.Contains(
            "days 5 to 20 by 5", await page.Locator("[data-testid=searched]").InnerTextAsync(), StringComparison.Ordinal);
        await page.ClickAsync("a:text-is('Change and run again')");
        await page.Locator("[data-testid=backtest-form]").WaitForAsync();
        await PhotographAsync(page, "backtest-again");
        await page.ClickAsync(Run);
        await page.Locator("[data-testid=report]").WaitForAsync();

        var runs = (await user.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items;
        Assert.Equal(2, runs.Count);
        Assert.Equal(runs[1].Figures! with { DurationMs = 0 }, runs[0].Figures! with { DurationMs = 0 });
        var again = (await user.Api.GetBacktestAsync(runs[0].Id, Cancellation)).Request;
        Assert.Equal((first.Request.Source, first.Request.Size), (again.Source, again.Size));
        Assert.Equal(first.Request.Sweep!.Axes, again.Sweep!.Axes);
    }

    private static async Task AddAsync(IPage page, string ticker)
    {
        await page.Locator("[data-testid=backtest-form] [data-testid=add]").FillAsync(ticker);
        await page.Locator("[data-testid=matches] li", new() { HasTextString = ticker }).First.ClickAsync();
        await page.Locator("[data-testid=chosen]", new() { HasTextString = ticker }).WaitForAsync();
    }
}

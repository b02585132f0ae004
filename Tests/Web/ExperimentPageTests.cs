using Microsoft.Playwright;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class ExperimentPageTests(TradingSystem system) : PageTests(system)
{
    private const string Begin = "[data-testid=experiment-form] button.primary";

    [Fact]
    public async Task An_experiment_goes_from_the_form_to_a_page_that_follows_it_until_it_is_stopped()
    {
        var user = await Running.SignInAsync(Cancellation);
        using var own = user.Http;
        var ticker = await Running.AnyTickerAsync(Cancellation);
        var page = await OpenAsync(user, "experiments/new");

        await page.Locator("[data-testid=arm]").Nth(0).Locator("input[name=fast]").FillAsync("5");
        await page.Locator("[data-testid=arm]").Nth(1).Locator("input[name=arm-name]").FillAsync("the other");
        await page.GetByText("Add a strategy").ClickAsync();
        await page.Locator("[data-testid=arm]").Nth(2).Locator("input[name=arm-name]").FillAsync("a third");
        await AddAsync(page, ticker);
        await PhotographAsync(page, "experiment-form");
        await page.ClickAsync(Begin);
        await page.Locator("[data-testid=arms]").WaitForAsync();
        var begun = Assert.Single((await user.Api.ListExperimentsAsync(cancellationToken: Cancellation)).Items);
        Assert.Equal(["ma_cross", "the other", "a third"], begun.Arms.Select(arm => arm.Name));
        Assert.Equal((5d, ticker), (begun.Arms[0].Arguments["fast"], begun.Instruments.Single()));
        Assert.EndsWith(begun.Id.ToString(), page.Url, StringComparison.Ordinal);

        // The page is not loaded anew: it is told.
        await Running.BeganEarlierAsync(begun.Id, TimeSpan.FromDays(400), Cancellation);
        await page.Locator("[data-testid=equity] polyline").Nth(2).WaitForAsync();
        Assert.Equal(2, await page.Locator("[data-testid=sequence]").CountAsync());
        await PhotographAsync(page, "experiment");
        var now = await user.Api.GetExperimentAsync(begun.Id, Cancellation);
        Assert.Contains(
            $"{now.Bars} of 1,000 bars", await page.Locator("[data-testid=progress]").InnerTextAsync(), StringComparison.Ordinal);
        foreach (var arm in now.Arms)
        {
            var row = await page.Locator($"[data-testid=arms] tr:has-text('{arm.Name}')").First.InnerTextAsync();
            Assert.Contains(arm.Equity.ToString("#,##0", null), row, StringComparison.Ordinal);
            Assert.Contains(arm.Test?.Verdict ?? "control", row, StringComparison.Ordinal);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.Locator("[data-testid=progress]:has-text('It is stopped')").WaitForAsync();
        Assert.Equal("stopped", (await user.Api.GetExperimentAsync(begun.Id, Cancellation)).State);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByText("Yes, delete").ClickAsync();
        await page.GetByText("No experiments yet").WaitForAsync();
        Assert.Empty((await user.Api.ListExperimentsAsync(cancellationToken: Cancellation)).Items);
    }

    [Fact]
    public async Task A_verdict_is_shown_with_the_confidence_sequence_that_it_rests_on()
    {
        var user = await Running.SignInAsync(Cancellation);
        using var own = user.Http;
        var begun = await user.Api.StartExperimentAsync(
            new()
            {
                Instruments = [await Running.AnyTickerAsync(Cancellation)],
                Arms =
                [
                    new() { Name = "churns", Source = "entry: close > 0\nexit: close > 0" },
                    new() { Name = "never", Source = "entry: close < 0" },
                ],
                Costs = new(FeeRate: 0.01m),
            },
            Cancellation);
        await Running.BeganEarlierAsync(begun.Id, TimeSpan.FromDays(420), Cancellation);

        var page = await OpenAsync(user, $"experiments/{begun.Id}");

        await page.Locator("[data-testid=sequence] polygon").WaitForAsync();
        await PhotographAsync(page, "experiment-verdict");
        var told = await page.Locator("[data-testid=verdict]").InnerTextAsync();
        var test = (await user.Api.GetExperimentAsync(begun.Id, Cancellation)).Arms[1].Test!;
        Assert.Equal("better", test.Verdict);
        Assert.Equal($"better than churns, since bar {test.DecidedAt}", told);
        Assert.True(test.PValue < 0.05 && test.Low > 0 && test.EffectiveBars >= test.LeastEffectiveBars);
    }

    [Fact]
    public async Task What_is_wrong_with_an_arm_is_said_beside_it()
    {
        var user = await Running.SignInAsync(Cancellation);
        using var own = user.Http;
        var page = await OpenAsync(user, "experiments/new");

        await page.Locator("[data-testid=arm]").Nth(0).Locator("input[name=fast]").FillAsync("0");
        await page.FillAsync("input[name=horizon]", "10");
        await page.ClickAsync(Begin);

        await page.Locator("[data-testid=fault]").WaitForAsync();
        foreach (var (field, text) in new[]
        {
            ("arms[0].arguments", "fast is a whole number from"), ("instruments", "tickers."), ("horizon", "200 to 20000 bars."),
        })
        {
            Assert.Contains(
                text, await page.Locator($"[data-testid='wrong-{field}']").InnerTextAsync(), StringComparison.Ordinal);
        }

        Assert.Empty((await user.Api.ListExperimentsAsync(cancellationToken: Cancellation)).Items);
    }

    private static async Task AddAsync(IPage page, string ticker)
    {
        await page.Locator("[data-testid=experiment-form] [data-testid=add]").FillAsync(ticker);
        await page.Locator("[data-testid=matches] li", new() { HasTextString = ticker }).First.ClickAsync();
        await page.Locator("[data-testid=chosen]", new() { HasTextString = ticker }).WaitForAsync();
    }
}

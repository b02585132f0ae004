using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class StrategyPageTests(TradingSystem system) : PageTests(system)
{
    private const string Wrong = "entry: crosses_above(emma(12), ema(26))";
    private const string Right = "entry: crosses_above(ema(12), ema(26))";

    [Fact]
    public async Task A_trader_types_a_wrong_rule_sees_the_error_mends_it_and_saves_it()
    {
        var trader = await Running.SignInAsync(Cancellation, Roles.Trader);
        using var own = trader.Http;
        var page = await OpenAsync(trader, "strategies/new");

        await page.Locator("input[name=name]").FillAsync("Two averages");
        await page.Locator("[data-testid=rules]").FillAsync(Wrong);
        var error = page.Locator("[data-testid=errors] li");
        await error.Filter(new() { HasText = "Did you mean ema?" }).WaitForAsync();

        Assert.Contains("Line 1, column 22", await error.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("emma", await page.Locator(".rules mark").InnerTextAsync());
        Assert.True(await page.Locator("button.primary:has-text('Save')").IsDisabledAsync());
        await PhotographAsync(page, "strategy-error");

        // The place of the error is where one goes on typing.
        await error.Locator("button").ClickAsync();
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'rules' && getSelection().toString() === 'emma'");
        await page.Keyboard.TypeAsync("ema");
        await page.Locator("[data-testid=valid]").WaitForAsync();
        await page.ClickAsync("button.primary:has-text('Save')");
        await page.Locator("[data-testid=saved]").WaitForAsync();
        await PhotographAsync(page, "strategy-saved");

        var saved = Assert.Single((await trader.Api.ListStrategiesAsync("own", cancellationToken: Cancellation)).Items);
        Assert.Equal("Two averages", saved.Name);
        Assert.Equal(Right, (await trader.Api.GetStrategyAsync(saved.Id, Cancellation)).Source);
    }

    [Fact]
    public async Task A_built_in_strategy_is_copied_changed_and_compared_with_its_first_version()
    {
        var trader = await Running.SignInAsync(Cancellation, Roles.Trader);
        using var own = trader.Http;
        var page = await OpenAsync(trader, "strategies");

        await page.Locator("[data-testid=strategies-built_in] tr:has-text('Moving average cross') a:text-is('Copy')").ClickAsync();
        await page.ClickAsync("button.primary:has-text('Save')");
        await page.Locator("[data-testid=saved]:has-text('version 1')").WaitForAsync();
        var rules = page.Locator("[data-testid=rules]");
        await rules.FillAsync(await rules.InputValueAsync() + "\nstop: 5%");
        await page.Locator("[data-testid=valid]").WaitForAsync();
        await page.Locator("[data-testid=versions] button:text-is('Compare')").ClickAsync();

        Assert.Equal("+ stop: 5%", (await page.Locator("[data-testid=difference] .added").InnerTextAsync()).Trim());
        await page.ClickAsync("button.primary:has-text('Save')");
        await page.Locator("[data-testid=saved]:has-text('version 2')").WaitForAsync();
        await PhotographAsync(page, "strategy-versions");
        var saved = Assert.Single((await trader.Api.ListStrategiesAsync("own", cancellationToken: Cancellation)).Items);
        Assert.Equal(("Copy of Moving average cross", 2), (saved.Name, saved.Version));
    }
}

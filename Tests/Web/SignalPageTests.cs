using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class SignalPageTests(TradingSystem system) : PageTests(system)
{
    [Fact]
    public async Task A_user_lists_signals_opens_one_and_sees_what_became_of_all()
    {
        var user = await Running.SignInAsync(Cancellation);
        using var own = user.Http;
        await Eventually.IsTrueAsync(
            async () => (await user.Api.GetSignalCalibrationAsync(null, Cancellation)).Status == "calibrated",
            "the signals of the past");
        var page = await OpenAsync(user, "signals");

        await page.Locator("[data-testid=signals] tbody tr").First.WaitForAsync();
        await PhotographAsync(page, "signals");
        await page.SelectOptionAsync("[data-testid=state]", "stopped");
        await page.ClickAsync("button.primary:has-text('Search')");
        await page.Locator("[data-testid=signals] tbody tr td.down:text-is('stopped')").First.WaitForAsync();
        await page.Locator("[data-testid=signals] tbody tr td a").First.ClickAsync();

        await page.Locator("[data-testid=chart] canvas[data-levels='3']").WaitForAsync();
        Assert.Contains("stopped", await page.Locator("[data-testid=state]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator("[data-testid=history] tbody tr").CountAsync());
        Assert.True(await page.Locator("[data-testid=rationale] li").CountAsync() >= 6);
        await PhotographAsync(page, "signal");

        await page.GotoAsync(AddressOf("/signals/results"));
        await page.Locator("[data-testid=reliability-chart] circle").First.WaitForAsync();
        var all = (await user.Api.GetSignalShowcaseAsync(null, Cancellation)).Groups.Single(group => group.Group == "all");
        Assert.Contains(
            $"of {all.Resolved}",
            await page.Locator("[data-testid=showcase] tbody tr").First.InnerTextAsync(),
            StringComparison.Ordinal);
        await PhotographAsync(page, "signal-results");

        await page.GotoAsync(AddressOf("/signals/anomalies"));
        await page.Locator("[data-testid=anomalies] tbody tr").First.WaitForAsync();
    }

    [Fact]
    public async Task The_page_of_an_instrument_shows_its_signals_to_who_is_signed_in()
    {
        var user = await Running.SignInAsync(Cancellation);
        using var own = user.Http;
        var ticker = (await Eventually.ReturnsAsync(
            async () => (await user.Api.SearchSignalsAsync(new SignalSearch { Limit = 1 }, Cancellation)).Items is [var one]
                ? one
                : null,
            "a signal")).Ticker;
        var page = await OpenAsync(user, $"instruments/{ticker}");

        await page.Locator("[data-testid=instrument-signals] tbody tr").First.WaitForAsync();
    }
}

using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class ProvidersPageTests(TradingSystem system) : PageTests(system)
{
    [Fact]
    public async Task An_admin_sees_where_prices_come_from_over_the_API_and_on_the_page()
    {
        var admin = await Running.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        await Running.AnyTickerAsync(Cancellation);

        var status = await Eventually.ReturnsAsync(
            async () => await admin.Api.GetProvidersAsync(Cancellation) is { Active: true } quoting
                && quoting.AssetClasses[0].Quoted > 0 ? quoting : null,
            "shares are quoted, at made-up prices");

        Assert.Equal(["equity", "currency", "crypto"], status.AssetClasses.Select(one => one.AssetClass));
        Assert.All(status.AssetClasses, one => Assert.Equal(["simulated"], one.Order));
        Assert.Equal(1, status.Workers);
        var simulated = Assert.Single(status.Providers);
        Assert.Equal(("simulated", null, null), (simulated.Name, simulated.Breaker, simulated.LastSuccess));
        Assert.Equal(["ticks"], simulated.Gives);
        Assert.Equal(["fatal", "invalid_data", "not_found", "rate_limited", "transient"], simulated.Failures.Keys.Order());

        var page = await OpenAsync(admin, "operations");
        await page.ClickAsync("a:text-is('Where prices come from')");
        await page.Locator("[data-testid=providers] th:text-is('simulated')").WaitForAsync();
        Assert.Equal(3, await page.Locator("[data-testid=classes] td:text-is('simulated')").CountAsync());
        await PhotographAsync(page, "providers");
    }
}

using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class JobsPageTests(TradingSystem system) : PageTests(system)
{
    [Fact]
    public async Task An_admin_runs_a_schedule_looks_at_quality_and_is_told_what_is_wrong_with_a_backfill()
    {
        var admin = await Running.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var ticker = await Running.AnyTickerAsync(Cancellation);
        var page = await OpenAsync(admin, "operations");

        await page.ClickAsync("a:text-is('Jobs')");
        var row = page.Locator("[data-testid=schedules] tr", new() { Has = page.Locator("th:text-is('clean-up')") });
        await row.Locator("button:text-is('Run now')").ClickAsync();
        await row.Locator("td:has-text('succeeded')").WaitForAsync();
        await PhotographAsync(page, "jobs");

        await page.ClickAsync("a:text-is('Backfills')");
        await page.FillAsync("input[name=from]", "2024-01-02");
        await page.FillAsync("input[name=exchange]", "NOWHERE");
        await page.ClickAsync("button:text-is('Fetch')");
        await page.Locator("[role=alert]:has-text('exchange')").First.WaitForAsync();
        await PhotographAsync(page, "backfills");

        // A listed one is invented here; one that is not listed yet may be fetched where its exchange is named.
        var unlisted = $"Q{Random.Shared.Next(100_000)}";
        await page.FillAsync("input[name=exchange]", "XNYS");
        await page.FillAsync("input[name=tickers]", unlisted);
        await page.FillAsync("input[name=to]", "2024-01-05");
        await page.ClickAsync("button:text-is('Fetch')");
        await page.Locator($"[data-testid=backfills] td:text-is('{unlisted}')").First.WaitForAsync();
        await page.ReloadAsync();
        await page.Locator($"[data-testid=backfills] td:text-is('{unlisted}')").First.WaitForAsync();

        await page.GotoAsync(AddressOf("/quality"));
        await page.Locator("[data-testid=validation]").WaitForAsync();
        await PhotographAsync(page, "validation");
        await page.FillAsync("input[aria-label=Country]", "ZZ");
        await page.ClickAsync("button:text-is('Check')");
        await page.Locator("[data-testid=all-fresh]:has-text('No instruments')").WaitForAsync();
        await page.GotoAsync(AddressOf($"/quality/{Uri.EscapeDataString(ticker)}"));
        await page.Locator("[data-testid=quality] dd").First.WaitForAsync();
        await PhotographAsync(page, "quality");
    }
}

using Microsoft.Playwright;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class JobsPageTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_runs_a_schedule_looks_at_quality_and_is_told_what_is_wrong_with_a_backfill()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var ticker = await system.AnyTickerAsync(Cancellation);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = BrowserTests.Flags });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(system.WebAddress, "/account/login?then=%2Foperations").ToString());
        await page.Locator("form input[name=email]").FillAsync(admin.Email);
        await page.Locator("form input[name=password]").FillAsync(admin.Password);
        await page.ClickAsync("button.primary");

        await page.ClickAsync("a:text-is('Jobs')");
        var row = page.Locator("[data-testid=schedules] tr", new() { Has = page.Locator("th:text-is('clean-up')") });
        await row.Locator("button:text-is('Run now')").ClickAsync();
        await row.Locator("td:has-text('succeeded')").WaitForAsync();
        await SaveAsync(page, "jobs");

        await page.ClickAsync("a:text-is('Backfills')");
        await page.FillAsync("input[name=from]", "2024-01-02");
        await page.FillAsync("input[name=exchange]", "NOWHERE");
        await page.ClickAsync("button:text-is('Fetch')");
        await page.Locator("[role=alert]:has-text('exchange')").First.WaitForAsync();
        await SaveAsync(page, "backfills");

        // A listed one is invented here; one that is not listed yet may be fetched where its exchange is named.
        var unlisted = $"Q{Random.Shared.Next(100_000)}";
        await page.FillAsync("input[name=exchange]", "XNYS");
        await page.FillAsync("input[name=tickers]", unlisted);
        await page.FillAsync("input[name=to]", "2024-01-05");
        await page.ClickAsync("button:text-is('Fetch')");
        await page.Locator($"[data-testid=backfills] td:text-is('{unlisted}')").First.WaitForAsync();
        await page.ReloadAsync();
        await page.Locator($"[data-testid=backfills] td:text-is('{unlisted}')").First.WaitForAsync();

        await page.GotoAsync(new Uri(system.WebAddress, "/quality").ToString());
        await page.Locator("[data-testid=validation]").WaitForAsync();
        await SaveAsync(page, "validation");
        await page.FillAsync("input[aria-label=Country]", "ZZ");
        await page.ClickAsync("button:text-is('Check')");
        await page.Locator("[data-testid=all-fresh]:has-text('No instruments')").WaitForAsync();
        await page.GotoAsync(new Uri(system.WebAddress, $"/quality/{Uri.EscapeDataString(ticker)}").ToString());
        await page.Locator("[data-testid=quality] dd").First.WaitForAsync();
        await SaveAsync(page, "quality");
    }

    private static async Task SaveAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, $"{name}.png"),
                FullPage = true,
            });
        }
    }
}

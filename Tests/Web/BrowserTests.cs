using Microsoft.Playwright;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class BrowserTests(TradingSystem system)
{
    internal static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    [Fact]
    public async Task The_instrument_page_shows_a_price_that_changes()
    {
        var ticker = await system.AnyTickerAsync(TestContext.Current.CancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = Flags,
        });
        var page = await browser.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync(new Uri(system.WebAddress, $"/instruments/{ticker}").ToString());
        var price = page.GetByTestId($"price-{ticker}").First;
        await price.WaitForAsync(new LocatorWaitForOptions { Timeout = 30_000 });
        var prices = new HashSet<string>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                prices.Add(await price.InnerTextAsync());
                return prices.Count >= 3;
            },
            "three different prices on the page",
            TimeSpan.FromSeconds(60));

        Assert.Empty(errors);
    }
}

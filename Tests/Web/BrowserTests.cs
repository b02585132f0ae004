using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class BrowserTests(TradingSystem system) : PageTests(system)
{
    [Fact]
    public async Task The_instrument_page_shows_a_price_that_changes()
    {
        var ticker = await Running.AnyTickerAsync(Cancellation);
        var page = await NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);

        await page.GotoAsync(AddressOf($"/instruments/{ticker}"));
        var price = page.GetByTestId($"price-{ticker}").First;
        await price.WaitForAsync();
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

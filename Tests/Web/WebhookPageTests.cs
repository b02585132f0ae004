using Microsoft.Playwright;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class WebhookPageTests(TradingSystem system) : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = BrowserTests.Flags });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser!.CloseAsync();
        _playwright!.Dispose();
    }

    [Fact]
    public async Task A_user_makes_a_webhook_tests_it_sees_the_delivery_and_deletes_it()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        var page = await _browser!.NewPageAsync();
        await page.GotoAsync(new Uri(system.WebAddress, "/account/login?then=%2Faccount%2Fwebhooks").ToString());
        await page.Locator("form input[name=email]").FillAsync(user.Email);
        await page.Locator("form input[name=password]").FillAsync(user.Password);
        await page.ClickAsync("button.primary");

        await page.Locator("input[name=url]").FillAsync(receiver.Url.ToString());
        await page.Locator("input[name='login.refused']").CheckAsync();
        await page.ClickAsync("button.primary:has-text('Make')");
        var secret = await page.Locator("[data-testid=new-secret]").InnerTextAsync();
        await page.ClickAsync("button:text-is('Test')");
        await page.Locator("[data-testid=deliveries] td:text-is('delivered')").WaitForAsync();
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "webhooks.png"), FullPage = true });
        }

        var hook = Assert.Single(receiver.Received);
        Assert.True(WebhookSignature.Verify(
            hook.Headers[WebhookSignature.Header], hook.Body, secret, TimeProvider.System));
        await page.ClickAsync("button:text-is('Delete')");
        await page.Locator("[data-testid=webhooks]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(await user.Api.ListWebhooksAsync(Cancellation));
    }
}

using Microsoft.Playwright;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed class WebhookPageTests(TradingSystem system) : PageTests(system)
{
    [Fact]
    public async Task A_user_makes_a_webhook_tests_it_sees_the_delivery_and_deletes_it()
    {
        var user = await Running.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        var page = await OpenAsync(user, "account/webhooks");

        await page.Locator("input[name=url]").FillAsync(receiver.Url.ToString());
        await page.Locator("input[name='login.refused']").CheckAsync();
        await page.ClickAsync("button.primary:has-text('Make')");
        var secret = await page.Locator("[data-testid=new-secret]").InnerTextAsync();
        await page.ClickAsync("button:text-is('Test')");
        await page.Locator("[data-testid=deliveries] td:text-is('delivered')").WaitForAsync();
        await PhotographAsync(page, "webhooks");

        var hook = Assert.Single(receiver.Received);
        Assert.True(WebhookSignature.Verify(
            hook.Headers[WebhookSignature.Header], hook.Body, secret, TimeProvider.System));
        await page.ClickAsync("button:text-is('Delete')");
        await page.Locator("[data-testid=webhooks]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(await user.Api.ListWebhooksAsync(Cancellation));
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Trading.Contracts;
using Trading.Data.Errors;
using Trading.ServiceDefaults.Errors;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

[Collection(SystemTests.Name)]
public sealed partial class SignInTests(TradingSystem system) : PageTests(system)
{
    [Fact]
    public async Task A_visitor_registers_confirms_by_mail_signs_in_and_out()
    {
        var email = $"browser{Guid.NewGuid():n}@example.com";
        var page = await NewPageAsync();
        await page.GotoAsync(AddressOf("/account/register"));
        await SignInAsync(page, email, "four words of a browser");
        await IsAtAsync(page, "/account/login?done=registered");

        await page.GotoAsync(await LinkAsync(email));
        await page.ClickAsync("button.primary");
        await IsAtAsync(page, "/account/login");
        await SignInAsync(page, email, "not this one at all");
        await page.Locator("[data-testid=fault]").WaitForAsync();
        await SignInAsync(page, email, "four words of a browser");
        await page.Locator("[data-testid=user]").WaitForAsync();
        await page.GotoAsync(AddressOf("/account"));
        Assert.Contains("viewer", await page.Locator("[data-testid=account]").InnerTextAsync(), StringComparison.Ordinal);

        var cookie = (await page.Context.CookiesAsync()).Single(known => known.Name == "__Host-session");
        Assert.True(cookie is { HttpOnly: true, Secure: true, Path: "/", SameSite: SameSiteAttribute.Lax });
        await page.Locator("[data-testid=user]").ClickAsync();
        await page.GetByText("Sign out").ClickAsync();
        await page.Locator("[data-testid=sign-in]").WaitForAsync();
        await page.GotoAsync(AddressOf("/account"));
        await IsAtAsync(page, "/account/login");
    }

    [Fact]
    public async Task An_admin_sees_the_operations_page_live_and_the_audit_trail()
    {
        var admin = await Running.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var page = await NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(AddressOf("/account/login?then=%2Foperations"));
        await SignInAsync(page, admin.Email, admin.Password);

        await page.Locator("[data-testid=status]").WaitForAsync();
        var rates = new HashSet<string>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                rates.Add(await page.Locator("[data-testid=requests]").InnerTextAsync());
                return rates.Count >= 2;
            },
            "the rate of requests moves",
            TimeSpan.FromSeconds(60));
        await page.GotoAsync(AddressOf("/admin/audit"));
        await page.Locator("[data-testid=audit] td >> text=login").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();

        Assert.Contains("are what was written", await page.Locator("[data-testid=verdict]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_viewer_is_told_why_the_operations_page_does_not_open()
    {
        var user = await Running.SignInAsync(Cancellation);
        using var own = user.Http;
        var page = await OpenAsync(user, "operations");

        var why = await page.Locator("[data-testid=refused]").InnerTextAsync();

        Assert.Contains(user.Email, why, StringComparison.Ordinal);
        Assert.Contains("roles", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_is_searched_by_time_and_by_a_whole_trace_and_a_key_shows_its_end()
    {
        var admin = await Running.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var page = await OpenAsync(admin, "account");
        await page.Locator("[data-testid=account]").WaitForAsync();
        await page.GetByPlaceholder("Name of a new key").FillAsync("until the century ends");
        await page.Locator("input[name=last-day]").FillAsync("2099-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make" }).ClickAsync();
        Assert.Equal("2100-01-01 00:00 UTC", await page.Locator("[data-testid=ends]").InnerTextAsync());

        await page.GotoAsync(AddressOf("/admin/audit"));
        var rows = page.Locator("[data-testid=audit] tbody tr");
        await rows.First.WaitForAsync();
        Assert.Equal(32, (await rows.First.Locator("code").InnerTextAsync()).Length);
        await page.Locator("input[name=from]").FillAsync("2099-01-01T00:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Eventually.IsTrueAsync(async () => await rows.CountAsync() == 0, "nothing is from the time to come");
        await page.Locator("input[name=from]").FillAsync("2020-01-01T00:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await rows.First.WaitForAsync();
    }

    [Fact]
    public async Task One_trace_leads_from_a_choice_in_the_browser_over_the_API_and_Redis_to_the_worker_and_PostgreSQL()
    {
        var admin = await Running.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var page = await OpenAsync(admin, "operations");

        await page.GetByLabel("FeatureManagement:ApiDocs").SelectOptionAsync("false");
        var trace = await Eventually.ReturnsAsync(
            async () => (await admin.Api.ListTracesAsync(cancellationToken: Cancellation)).FirstOrDefault(
                trace => trace.Services.Count == 3 && trace.Name.Contains("onchange", StringComparison.Ordinal)),
            "the trace of the choice");
        var spans = (await admin.Api.GetTraceAsync(trace.TraceId, Cancellation)).Spans;
        await admin.Api.RemoveSettingAsync("FeatureManagement:ApiDocs", Cancellation);

        Assert.Contains(spans, span => span is { Service: "web", Kind: "client" });
        Assert.Contains(spans, span => span is { Service: "apiservice", Kind: "server" });
        Assert.Contains(spans, span => span is { Service: "apiservice", Kind: "producer" });
        Assert.Contains(spans, span => span is { Service: "pricingworker", Kind: "consumer" });
        Assert.Contains(spans, span => span.Service == "pricingworker" && span.Tags.Keys.Any(
            tag => tag.StartsWith("db.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_error_opens_the_steps_of_its_last_trace_and_one_that_is_no_longer_kept_says_so()
    {
        var admin = await Running.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var kept = await Eventually.ReturnsAsync(
            async () => await admin.Api.ListTracesAsync(cancellationToken: Cancellation) is [var newest, ..] ? newest : null,
            "a trace is kept");
        var gone = Guid.NewGuid().ToString("n");
        await new ErrorStore(Running.Database).AddAsync([ErrorOf(kept.TraceId), ErrorOf(gone)], Cancellation);
        var page = await OpenAsync(admin, "operations");

        await LinkTo(gone).ClickAsync();
        await Assertions.Expect(page.GetByText("No span of this trace is kept")).ToBeVisibleAsync();
        await LinkTo(kept.TraceId).ClickAsync();

        var steps = page.Locator("[data-testid=errors] tr.step");
        await steps.First.WaitForAsync();
        Assert.Contains(kept.Name, await steps.First.InnerTextAsync(), StringComparison.Ordinal);

        ILocator LinkTo(string trace) => page.Locator("[data-testid=errors]")
            .GetByRole(AriaRole.Button, new() { Name = trace[..8] }).First;

        static ErrorOccurrence ErrorOf(string trace) => new(
            trace[..16],
            "apiservice",
            "System.InvalidOperationException",
            "A test's",
            "Here",
            "Not so.",
            trace,
            TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex LinkPattern();

    // Not WaitForURLAsync: it also waits for the event of a load, which a page that Blazor exchanged in place may have fired before.
    private static Task IsAtAsync(IPage page, string path) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(path)));

    private async Task<string> LinkAsync(string email)
    {
        var mail = await Eventually.ReturnsAsync(
            () => Task.FromResult(Directory.GetFiles(TradingSystem.MailFolder, "*.eml").Select(File.ReadAllText)
                .FirstOrDefault(text => text.Contains($"To: {email}\r\n", StringComparison.Ordinal))),
            "the mail that confirms the address");
        return AddressOf(new Uri(LinkPattern().Match(mail).Value).PathAndQuery);
    }
}

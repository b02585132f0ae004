using System.Text.RegularExpressions;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Web;

/// <summary>What the pages tell the browser to allow.</summary>
[Collection(SystemTests.Name)]
public sealed partial class HeaderTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/account/login")]
    [InlineData("/not/there")]
    [InlineData("/live")]
    public async Task Pages_have_CSP_nosniff_Referrer_Policy_and_no_store(string path)
    {
        using var http = Browser();
        using var answer = await http.GetAsync(path, Cancellation);

        var policy = DirectivesOf(answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("'none'", policy["object-src"]);
        Assert.Equal("'none'", policy["frame-ancestors"]);
        // 'none' would take the pages their own <base>, by which Blazor finds its paths.
        Assert.Equal("'self'", policy["base-uri"]);
        Assert.Equal("'self'", policy["script-src"]);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("http", null)]
    [InlineData("https", "max-age=31536000; includeSubDomains")]
    public async Task Over_https_HSTS_tells_the_browser_to_stay_there(string scheme, string? expected)
    {
        using var http = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/login");
        request.Headers.Add("X-Forwarded-Proto", scheme);

        using var answer = await http.SendAsync(request, Cancellation);

        Assert.Equal(expected, answer.Headers.TryGetValues("Strict-Transport-Security", out var said) ? said.Single() : null);
    }

    [Fact]
    public async Task Cookies_are___Host_HttpOnly()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;

        var cookies = await SignInAsync(user.Email, user.Password, "203.0.113.44");

        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-session=", StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            var parts = cookie.Split("; ");
            Assert.StartsWith("__Host-", parts[0], StringComparison.Ordinal);
            Assert.Superset(new HashSet<string> { "httponly", "secure", "path=/" }, parts.Select(part => part.ToLowerInvariant()).ToHashSet());
            Assert.DoesNotContain(parts, part => part.StartsWith("domain", StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task A_sign_in_counts_on_the_address_that_a_known_proxy_names()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        const string Address = "203.0.113.45";
        var email = $"proxied{Guid.NewGuid():n}@example.com";

        await SignInAsync(email, "four words of nobody", Address);

        var login = await Eventually.ReturnsAsync(
            async () => (await admin.Api.SearchAuditAsync(new AuditSearch { Actor = email }, Cancellation)).Items is [var found, ..]
                ? found
                : null,
            "the refused sign-in is in the trail");
        Assert.Equal(Address, login.Address);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    private static List<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];

    private static Dictionary<string, string> DirectivesOf(string policy) => policy.Split("; ")
        .Select(directive => directive.Split(' ', 2))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    /// <summary>Signs in through the form, over a proxy; gives the cookies.</summary>
    private async Task<List<string>> SignInAsync(string email, string password, string address)
    {
        using var http = Browser();
        using var page = await http.GetAsync("/account/login", Cancellation);
        var cookies = CookiesOf(page);
        var token = FormToken().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value;
        using var form = new HttpRequestMessage(HttpMethod.Post, "/session/login")
        {
            Content = new FormUrlEncodedContent(
                [new("email", email), new("password", password), new("then", "/"), new("__RequestVerificationToken", token)]),
        };
        form.Headers.Add("Cookie", cookies.Select(cookie => cookie.Split(';')[0]));
        form.Headers.Add("X-Forwarded-For", address);
        using var answer = await http.SendAsync(form, Cancellation);
        cookies.AddRange(CookiesOf(answer));
        return cookies;
    }

    private HttpClient Browser() =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = system.WebAddress };
}

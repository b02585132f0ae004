using System.Text.RegularExpressions;
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
        using var http = Browser();
        using var page = await http.GetAsync("/account/login", Cancellation);
        var cookies = CookiesOf(page);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/session/login")
        {
            Content = new FormUrlEncodedContent(
            [
                new("email", user.Email), new("password", user.Password), new("then", "/"),
                new("__RequestVerificationToken", FormToken().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups[1].Value),
            ]),
        };
        form.Headers.Add("Cookie", cookies.Select(cookie => cookie.Split(';')[0]));

        using var signedIn = await http.SendAsync(form, Cancellation);
        cookies.AddRange(CookiesOf(signedIn));

        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-session=", StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            var parts = cookie.Split("; ");
            Assert.StartsWith("__Host-", parts[0], StringComparison.Ordinal);
            Assert.Superset(new HashSet<string> { "httponly", "secure", "path=/" }, parts.Select(part => part.ToLowerInvariant()).ToHashSet());
            Assert.DoesNotContain(parts, part => part.StartsWith("domain", StringComparison.OrdinalIgnoreCase));
        });
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    private static List<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];

    private static Dictionary<string, string> DirectivesOf(string policy) => policy.Split("; ")
        .Select(directive => directive.Split(' ', 2))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    private HttpClient Browser() =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = system.WebAddress };
}

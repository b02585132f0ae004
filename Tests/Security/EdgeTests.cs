using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.Security;

/// <summary>What the edge makes of requests that are wrong, too large or not from where they say.</summary>
public sealed class EdgeTests
{
    private const int Limit = 1 << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/nowhere", null, null, 404, "not_found")]
    [InlineData("GET", "/api/v1/quotes/T001/more", null, null, 404, "not_found")]
    [InlineData("DELETE", "/api/v1/quotes/T001", null, null, 405, "method_not_allowed")]
    [InlineData("POST", "/api/v1/auth/login", "text/plain", "hello", 415, "unsupported_media_type")]
    [InlineData("POST", "/api/v1/auth/login", "application/json", "{email", 400, "bad_request")]
    [InlineData("POST", "/api/v1/auth/login", "application/json", "{\"email\": 7}", 400, "validation_failed")]
    [InlineData("GET", "/api/v1/quotes/T001?since=1", null, null, 400, "unknown_parameter")]
    [InlineData("GET", "/api/v1/audit", null, null, 401, "unauthorized")]
    [InlineData("GET", "/api/v1/instruments", null, null, 503, "unavailable")]
    public async Task Every_non_2xx_is_problem_details_with_a_stable_code_and_the_trace_id_and_nothing_of_the_inside(
        string method, string path, string? type, string? body, int status, string code)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, new MediaTypeHeaderValue(type!));
        }

        using var answer = await host.Http.SendAsync(request, Cancellation);

        await AssertProblemAsync(answer, status, code);
    }

    [Fact]
    public async Task The_trace_id_of_a_problem_is_the_callers()
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        using var answer = await host.Http.SendAsync(request, Cancellation);

        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", (string?)problem!["trace_id"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_413_chunked_too(bool chunked)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = Login(new ByteArrayContent(Json(Limit + 1)));
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await host.Http.SendAsync(request, Cancellation);

        await AssertProblemAsync(answer, 413, "body_too_large");
    }

    [Fact]
    public async Task A_gzip_bomb_is_bounded()
    {
        await using var host = await ApiHost.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            // 200 MB in 200 kB.
            var part = Json(Limit);
            for (var count = 0; count < 200; count++)
            {
                await gzip.WriteAsync(part, Cancellation);
            }
        }

        var before = GC.GetTotalAllocatedBytes();
        using var answer = await host.Http.SendAsync(
            Login(new ByteArrayContent(packed.ToArray()), "gzip"), Cancellation);

        await AssertProblemAsync(answer, 413, "body_too_large");
        // Other tests run beside this one; unpacked whole it would be more than this alone.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 180_000_000);
    }

    [Theory]
    [InlineData("gzip", 400, "bad_request")]
    [InlineData("br", 415, "unsupported_media_type")]
    [InlineData("gzip, gzip", 415, "unsupported_media_type")]
    public async Task A_body_that_is_not_packed_as_it_says_is_refused(string encoding, int status, string code)
    {
        await using var host = await ApiHost.StartAsync();

        using var answer = await host.Http.SendAsync(
            Login(new ByteArrayContent("{\"email\":\"a@example.com\"}"u8.ToArray()), encoding), Cancellation);

        await AssertProblemAsync(answer, status, code);
    }

    [Fact]
    public async Task JSON_nested_65_deep_is_400()
    {
        await using var host = await ApiHost.StartAsync();
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", 65)) + "1" + new string('}', 65);

        using var answer = await host.Http.SendAsync(
            Login(new ByteArrayContent(Encoding.ASCII.GetBytes($"{{\"email\":{nested}}}"))), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("owner_id")]
    [InlineData("role")]
    public async Task Unknown_fields_are_400_and_named(string field)
    {
        await using var host = await ApiHost.StartAsync();

        using var answer = await host.Http.PostAsJsonAsync(
            "/api/v1/auth/register",
            new Dictionary<string, string>
            {
                ["email"] = "a@example.com", ["password"] = "four words of a test", [field] = "admin",
            },
            Cancellation);

        var problem = await AssertProblemAsync(answer, 400, "validation_failed");
        Assert.True(problem["errors"]!.AsObject().ContainsKey(field));
    }

    [Theory]
    [InlineData("/api/v2/quotes/T001")]
    [InlineData("/api/v0/instruments")]
    public async Task An_unknown_version_names_those_that_are_supported(string path)
    {
        await using var host = await ApiHost.StartAsync();

        using var answer = await host.Http.GetAsync(path, Cancellation);

        var problem = await AssertProblemAsync(answer, 404, "unknown_version");
        Assert.Contains("v1", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/quotes/T001")]
    [InlineData("/api/v1/auth/me")]
    [InlineData("/nowhere")]
    [InlineData("/swagger/index.html")]
    public async Task Every_answer_has_CSP_nosniff_Referrer_Policy_and_no_store_and_no_cookie(string path)
    {
        await using var host = await ApiHost.StartAsync();
        await host.PublishAsync(10, "T001");

        using var answer = await host.Http.GetAsync(path, Cancellation);

        var policy = Header(answer, "Content-Security-Policy");
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        // The page to try the API is the same for everybody.
        Assert.Equal(!path.StartsWith("/swagger", StringComparison.Ordinal), answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Over_https_HSTS_tells_the_browser_to_stay_there()
    {
        await using var host = await ApiHost.StartAsync(("Proxies:Known", "127.0.0.1"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal("max-age=31536000; includeSubDomains", Header(answer, "Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("10.0.0.0/8", 404, 429)]
    [InlineData("127.0.0.0/8", 404, 404)]
    public async Task Only_a_known_proxy_says_where_a_request_comes_from(string known, int first, int second)
    {
        await using var host = await ApiHost.StartAsync(("Proxies:Known", known), ("RATE_LIMIT_RPM", "1"));

        Assert.Equal(first, await StatusFromAsync(host, "203.0.113.1"));
        Assert.Equal(second, await StatusFromAsync(host, "203.0.113.2"));
    }

    [Theory]
    [InlineData("api.example.com", 404, "not_found")]
    [InlineData("evil.example", 400, "unknown_host")]
    public async Task Only_its_own_names_are_answered(string name, int status, string code)
    {
        await using var host = await ApiHost.StartAsync(("AllowedHosts", "api.example.com;localhost"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Host = name;

        using var answer = await host.Http.SendAsync(request, Cancellation);

        await AssertProblemAsync(answer, status, code);
    }

    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com")]
    [InlineData("https://evil.example", null)]
    public async Task Pages_of_known_origins_may_call(string origin, string? allowed)
    {
        await using var host = await ApiHost.StartAsync(("Cors:Origins:0", "https://app.example.com"));
        await host.PublishAsync(10, "T001");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/quotes/T001");
        request.Headers.Add("Origin", origin);

        using var answer = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(allowed, Header(answer, "Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Waiting_out_Retry_After_succeeds()
    {
        await using var host = await ApiHost.StartAsync(
            ("RateLimit:Address:Permits", "2"), ("RateLimit:Address:Window", "00:00:02"));
        // On a busy machine the window may slide on in between.
        using var refused = await Eventually.ReturnsAsync(
            async () => await host.Http.GetAsync("/nowhere", Cancellation) is { StatusCode: HttpStatusCode.TooManyRequests } answer
                ? answer
                : null,
            "the limit is reached");

        await AssertProblemAsync(refused, 429, "rate_limited");
        await Task.Delay(refused.Headers.RetryAfter!.Delta!.Value, Cancellation);
        using var answer = await host.Http.GetAsync("/nowhere", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<JsonObject> AssertProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal(status, (int?)problem["status"]);
        Assert.Matches("^[0-9a-f]{32}$", (string?)problem["trace_id"]);
        Assert.Null(problem["exception"]);
        Assert.DoesNotMatch(@"(?i)   at |System\.|Npgsql|SELECT |Trading\.|\.cs\b", text);
        Assert.DoesNotContain(RepositoryFolder.Path, text, StringComparison.Ordinal);
        return problem;
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static HttpRequestMessage Login(HttpContent content, string? encoding = null)
    {
        content.Headers.ContentType = new("application/json");
        if (encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        return new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = content };
    }

    private static byte[] Json(int length) =>
        Encoding.ASCII.GetBytes($"{{\"email\":\"{new string('a', length)}\"}}");

    private static async Task<int> StatusFromAsync(ApiHost host, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Add("X-Forwarded-For", address);
        using var answer = await host.Http.SendAsync(request, Cancellation);
        return (int)answer.StatusCode;
    }
}

using System.Net;
using System.Net.Http.Json;
using Trading.ServiceDefaults.Tracing;

namespace Trading.Tests.Unit.Api;

/// <summary>The names and attributes are those of OpenTelemetry's semantic conventions for HTTP server spans.</summary>
public sealed class RequestSpanTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_s_span_says_method_path_route_and_status()
    {
        await using var api = await ApiHost.StartAsync();
        await api.PublishAsync(12.5, "T001");

        var (status, spans) = await AskAsync(api, new(HttpMethod.Get, "/api/v1/quotes/T001"));
        var server = Assert.Single(spans, span => span.Kind == "server");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("GET /api/v1/quotes/{ticker}", server.Name);
        Assert.Equal("GET", server.Tags["http.request.method"]);
        Assert.Equal("/api/v1/quotes/T001", server.Tags["url.path"]);
        Assert.Equal("/api/v1/quotes/{ticker}", server.Tags["http.route"]);
        Assert.Equal("200", server.Tags["http.response.status_code"]);
        Assert.False(server.Failed);
    }

    [Fact]
    public async Task A_path_that_is_none_has_no_route_and_is_no_failure_of_the_server()
    {
        await using var api = await ApiHost.StartAsync();

        var (_, spans) = await AskAsync(api, new(new HttpMethod("BREW"), "/coffee?token=secret"));
        var server = Assert.Single(spans, span => span.Kind == "server");

        Assert.Equal("_OTHER", server.Tags["http.request.method"]);
        Assert.Equal("/coffee", server.Tags["url.path"]);
        Assert.Equal("404", server.Tags["http.response.status_code"]);
        Assert.DoesNotContain("http.route", server.Tags.Keys);
        Assert.DoesNotContain(server.Tags, tag => tag.Value.Contains("secret", StringComparison.Ordinal));
        Assert.False(server.Failed);
    }

    [Fact]
    public async Task A_request_that_fails_by_an_exception_keeps_its_route_and_is_marked_failed()
    {
        await using var api = await ApiHost.StartAsync();

        // The host of these tests has no database.
        var (status, spans) = await AskAsync(api, new(HttpMethod.Post, "/api/v1/auth/login")
        {
            Content = JsonContent.Create(new { email = "someone@example.com", password = "not the password" }),
        });
        var server = Assert.Single(spans, span => span.Kind == "server");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("POST /api/v1/auth/login", server.Name);
        Assert.Equal("503", server.Tags["http.response.status_code"]);
        Assert.NotEmpty(server.Tags["error.type"]);
        Assert.True(server.Failed);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/ready")]
    [InlineData("/live")]
    [InlineData("/metrics")]
    public async Task Probes_and_what_they_set_off_leave_no_spans(string path)
    {
        await using var api = await ApiHost.StartAsync();

        var (_, probe) = await SendAsync(api, new(HttpMethod.Get, path));
        var (_, after) = await AskAsync(api, new(HttpMethod.Get, "/api/v1/quotes/T001"));

        Assert.NotEmpty(after);
        Assert.Empty(SpansOf(api, probe));
    }

    private static async Task<(HttpStatusCode Status, SpanRecord[] Spans)> AskAsync(ApiHost api, HttpRequestMessage request)
    {
        var (status, traceId) = await SendAsync(api, request);
        await Eventually.IsTrueAsync(
            () => Task.FromResult(SpansOf(api, traceId).Any(span => span.Kind == "server")), "the request's span");
        return (status, SpansOf(api, traceId));
    }

    /// <summary>Sends a request as part of a trace that is recorded.</summary>
    private static async Task<(HttpStatusCode Status, string TraceId)> SendAsync(ApiHost api, HttpRequestMessage request)
    {
        var traceId = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        using var http = new HttpClient(handler) { BaseAddress = api.Address };
        using (request)
        {
            request.Headers.Add("traceparent", $"00-{traceId}-00f067aa0ba902b7-01");
            using var answer = await http.SendAsync(request, Cancellation);
            return (answer.StatusCode, traceId);
        }
    }

    private static SpanRecord[] SpansOf(ApiHost api, string traceId) =>
        [.. api.Service<SpanCollector>().Spans.Where(span => span.TraceId == traceId)];
}

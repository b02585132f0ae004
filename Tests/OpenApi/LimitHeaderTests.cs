using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.OpenApi;

/// <summary>The limits over every operation of the document.</summary>
public sealed partial class LimitHeaderTests
{
    private static readonly string[] _headers = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_limited_response_carries_the_limits_headers()
    {
        await using var host = await ApiHost.StartAsync(
            ("RATE_LIMIT_RPM", "1000"), ("RateLimit:PublicReads:Permits", "1000"));
        var document = await ApiDocument.ReadAsync(host.Http, Cancellation);

        foreach (var operation in document.Operations)
        {
            using var answer = await SendAsync(host, operation);

            Assert.All(_headers, name => Assert.True(
                answer.Headers.Contains(name), $"{operation.Method} {operation.Path} ({answer.StatusCode}) has no {name}."));
        }
    }

    [Fact]
    public async Task Every_refusal_says_when_to_come_back()
    {
        await using var host = await ApiHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("RateLimit:PublicReads:Permits", "1"));
        var document = await ApiDocument.ReadAsync(host.Http, Cancellation);
        foreach (var operation in document.Operations)
        {
            (await SendAsync(host, operation)).Dispose();

            using var refused = await SendAsync(host, operation);

            Assert.True((int)refused.StatusCode == 429, $"{operation.Method} {operation.Path} is {refused.StatusCode}.");
            Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero, $"{operation.Method} {operation.Path}");
            Assert.All(_headers, name => Assert.True(refused.Headers.Contains(name), $"{operation.Method} {operation.Path}"));
        }
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    private static async Task<HttpResponseMessage> SendAsync(ApiHost host, ApiOperation operation)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(operation.Method), Parameter().Replace(operation.Path, "0197f0f0-0000-7000-8000-000000000000"));
        request.Content = operation.Body is null ? null : JsonContent.Create(new { });
        return await host.Http.SendAsync(request, Cancellation);
    }
}

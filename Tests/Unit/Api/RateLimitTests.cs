using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Trading.Tests.Unit.Api;

public sealed class RateLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_limited_answer_says_what_is_left_and_a_refused_one_when_to_come_back()
    {
        await using var host = await ApiHost.StartAsync(("RATE_LIMIT_RPM", "2"));

        var first = await host.Http.GetAsync("/api/v1/quotes/NOPE", Cancellation);
        await host.Http.GetAsync("/nowhere", Cancellation);
        var refused = await host.Http.GetAsync("/api/v1/quotes/NOPE", Cancellation);

        Assert.Equal("2", first.Headers.GetValues("RateLimit-Limit").Single());
        Assert.Equal("1", first.Headers.GetValues("RateLimit-Remaining").Single());
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("0", refused.Headers.GetValues("RateLimit-Remaining").Single());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        var problem = await refused.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        Assert.Equal("rate_limited", (string?)problem!["code"]);
    }

    [Theory]
    [InlineData("the key", HttpStatusCode.OK)]
    [InlineData("another", HttpStatusCode.TooManyRequests)]
    public async Task Only_the_right_key_is_not_limited(string sent, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("ServiceKey", "the key"));
        await host.PublishAsync(10, "T001");
        await host.Http.GetAsync("/nowhere", Cancellation);
        host.Http.DefaultRequestHeaders.Add("X-Service-Key", sent);

        var answer = await host.Http.GetAsync("/api/v1/quotes/T001", Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }
}

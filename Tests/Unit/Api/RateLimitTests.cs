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

        var first = await host.Http.GetAsync("/nowhere", Cancellation);
        await host.Http.GetAsync("/nowhere", Cancellation);
        var refused = await host.Http.GetAsync("/openapi/v1.json", Cancellation);

        Assert.Equal("2", first.Headers.GetValues("RateLimit-Limit").Single());
        Assert.Equal("1", first.Headers.GetValues("RateLimit-Remaining").Single());
        Assert.Equal("2;w=60;name=\"address\"", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("0", refused.Headers.GetValues("RateLimit-Remaining").Single());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        var problem = await refused.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        Assert.Equal("rate_limited", (string?)problem!["code"]);
    }

    [Fact]
    public async Task By_default_an_address_has_60_a_minute_and_100_public_reads()
    {
        await using var host = await ApiHost.StartAsync();
        await host.PublishAsync(10, "T001");

        Assert.Equal(60, await CountAsync(host, "/nowhere", HttpStatusCode.NotFound));
        Assert.Equal(100, await CountAsync(host, "/api/v1/quotes/T001", HttpStatusCode.OK));
        Assert.Equal(0, await CountAsync(host, "/api/v1/instruments/T001", HttpStatusCode.ServiceUnavailable));
    }

    [Theory]
    [InlineData("the key", HttpStatusCode.NotFound)]
    [InlineData("another", HttpStatusCode.TooManyRequests)]
    public async Task Only_the_right_key_is_not_limited(string sent, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync(("RATE_LIMIT_RPM", "1"), ("ServiceKey", "the key"));
        await host.Http.GetAsync("/nowhere", Cancellation);
        host.Http.DefaultRequestHeaders.Add("X-Service-Key", sent);

        var answer = await host.Http.GetAsync("/nowhere", Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task The_web_front_end_is_limited_by_its_users_addresses_and_not_by_its_own()
    {
        await using var host = await ApiHost.StartAsync(("RATE_LIMIT_RPM", "3"), ("ServiceKey", "the key"));
        host.Http.DefaultRequestHeaders.Add("X-Service-Key", "the key");

        Assert.Equal(3, await CountAsync(host, "/nowhere", HttpStatusCode.NotFound, "203.0.113.1"));
        Assert.Equal(3, await CountAsync(host, "/nowhere", HttpStatusCode.NotFound, "203.0.113.2"));
        Assert.Equal(150, await CountAsync(host, "/nowhere", HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_stranger_cannot_say_whose_limit_counts()
    {
        await using var host = await ApiHost.StartAsync(("RATE_LIMIT_RPM", "3"), ("ServiceKey", "the key"));

        Assert.Equal(3, await CountAsync(host, "/nowhere", HttpStatusCode.NotFound, "203.0.113.1"));
        Assert.Equal(0, await CountAsync(host, "/nowhere", HttpStatusCode.NotFound, "203.0.113.2"));
    }

    private static async Task<int> CountAsync(ApiHost host, string path, HttpStatusCode expected, string? address = null)
    {
        var count = 0;
        for (var time = 0; time < 150; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (address is not null)
            {
                request.Headers.Add("X-Client-Address", address);
            }

            using var answer = await host.Http.SendAsync(request, Cancellation);
            count += answer.StatusCode == expected ? 1 : 0;
        }

        return count;
    }
}

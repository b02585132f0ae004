using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class IdempotencyTests(TradingSystem system)
{
    private const string Path = "/api/v1/api-keys";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_parallel_POSTs_with_one_key_make_one_resource_and_identical_responses_also_after_a_restart()
    {
        var user = await system.SignInAsync(Cancellation);
        using var http = user.Http;
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CreateAsync(http, key, "one")));
        await system.StopAsync("apiservice");
        await system.StartAsync("apiservice");
        await system.WaitUntilHealthyAsync("apiservice", Cancellation);
        var later = await CreateAsync(http, key, "one");

        var (status, body) = Assert.Single(answers.Append(later).Distinct());
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Single(await user.Api.ListApiKeysAsync(Cancellation));
        Assert.Contains("one", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_422()
    {
        var user = await system.SignInAsync(Cancellation);
        using var http = user.Http;
        var key = Guid.NewGuid().ToString();
        await CreateAsync(http, key, "one");

        var (status, body) = await CreateAsync(http, key, "two");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("idempotency_key_reused", body, StringComparison.Ordinal);
        Assert.Single(await user.Api.ListApiKeysAsync(Cancellation));
    }

    [Fact]
    public async Task A_key_is_its_callers_own()
    {
        var first = await system.SignInAsync(Cancellation);
        var second = await system.SignInAsync(Cancellation);
        using var one = first.Http;
        using var two = second.Http;
        var key = Guid.NewGuid().ToString();

        var mine = await CreateAsync(one, key, "same");
        var theirs = await CreateAsync(two, key, "same");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (mine.Status, theirs.Status));
        Assert.NotEqual(mine.Body, theirs.Body);
    }

    [Fact]
    public async Task What_is_kept_cannot_be_read_without_the_key()
    {
        var user = await system.SignInAsync(Cancellation);
        using var http = user.Http;
        var (_, body) = await CreateAsync(http, Guid.NewGuid().ToString(), "secret");
        var secret = JsonNode.Parse(body)!["key"]!.GetValue<string>();

        await using var command = system.Database.CreateCommand(
            """
            SELECT count(*) FILTER (WHERE position($1 IN answer) > 0), count(*)
            FROM idempotency_keys WHERE answer IS NOT NULL
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = Encoding.UTF8.GetBytes(secret) });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);

        Assert.Equal(0, reader.GetInt64(0));
        Assert.True(reader.GetInt64(1) > 0);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("a key with spaces in it")]
    public async Task A_key_that_can_be_guessed_is_refused(string key)
    {
        var user = await system.SignInAsync(Cancellation);
        using var http = user.Http;

        Assert.Equal(HttpStatusCode.BadRequest, (await CreateAsync(http, key, "one")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Body)> CreateAsync(
        HttpClient http, string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Content = JsonContent.Create(new { name });
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}

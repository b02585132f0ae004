using System.Net;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class ApiKeyTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task API_keys_are_scoped()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var none = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("for quotes"), Cancellation);
        var reads = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("reads", [Scopes.AccountRead]), Cancellation);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(reads.Key, HttpMethod.Get, "/api/v1/auth/me"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(none.Key, HttpMethod.Get, "/api/v1/auth/me"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(reads.Key, HttpMethod.Post, "/api/v1/auth/logout-all"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(none.Key, HttpMethod.Get, "/api/v1/instruments"));
    }

    [Fact]
    public async Task API_keys_are_revocable_at_once_and_show_their_last_use()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var key = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("a program", [Scopes.AccountRead]), Cancellation);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(key.Key, HttpMethod.Get, "/api/v1/auth/me"));
        var listed = Assert.Single(await user.Api.ListApiKeysAsync(Cancellation));

        await user.Api.RevokeApiKeyAsync(key.Details.Id, Cancellation);

        Assert.NotNull(listed.LastUsedAt);
        Assert.StartsWith(listed.Prefix, key.Key, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(key.Key, HttpMethod.Get, "/api/v1/auth/me"));
        Assert.Empty(await user.Api.ListApiKeysAsync(Cancellation));
    }

    [Fact]
    public async Task An_API_key_ends_when_it_says()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var key = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("a program", [Scopes.AccountRead]), Cancellation);
        await using var command = system.Database.CreateCommand("UPDATE api_keys SET expires_at = now() WHERE id = $1");
        command.Parameters.AddWithValue(key.Details.Id);
        await command.ExecuteNonQueryAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(key.Key, HttpMethod.Get, "/api/v1/auth/me"));
        var past = await Assert.ThrowsAsync<TradingApiException>(() => user.Api.CreateApiKeyAsync(
            new ApiKeyRequest("late", [], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)), Cancellation));
        Assert.Equal(ErrorCodes.ValidationFailed, past.Code);
    }

    private async Task<HttpStatusCode> AskAsync(string key, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-API-Key", key);
        using var answer = await system.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}

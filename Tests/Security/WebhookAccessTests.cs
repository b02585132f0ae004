using System.Net;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class WebhookAccessTests(TradingSystem system)
{
    // Loopback is open in this system; nobody listens there.
    private const string Url = "https://127.0.0.1:8443/hook";
    private const int MostOfFree = 3;

    private static readonly string[] _events = [WebhookEventTypes.LoginSucceeded];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://0xa9fea9fe/")]
    [InlineData("https://user:word@127.0.0.1:8443/")]
    [InlineData("https://127.0.0.1:22/")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_inside_is_refused_at_once_with_all_else_that_is_wrong(string url)
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var id = (await user.Api.CreateWebhookAsync(new(Url, _events), Cancellation)).Details.Id;

        var create = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.CreateWebhookAsync(new(url, ["no.such"]), Cancellation));
        var change = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.ChangeWebhookAsync(id, new(url), Cancellation));

        Assert.Equal((ErrorCodes.ValidationFailed, ErrorCodes.ValidationFailed), (create.Code, change.Code));
        Assert.Contains("events, url", create.Detail, StringComparison.Ordinal);
        Assert.Equal(Url, Assert.Single(await user.Api.ListWebhooksAsync(Cancellation)).Url);
    }

    [Fact]
    public async Task Webhooks_of_others_are_not_there()
    {
        var (a, b) = (await system.SignInAsync(Cancellation), await system.SignInAsync(Cancellation, Roles.Admin));
        using var httpOfA = a.Http;
        using var httpOfB = b.Http;
        var id = (await a.Api.CreateWebhookAsync(new(Url, _events), Cancellation)).Details.Id;
        var delivery = (await a.Api.TestWebhookAsync(id, Cancellation)).Id;

        Func<Task>[] tries =
        [
            () => b.Api.GetWebhookAsync(id, Cancellation),
            () => b.Api.ChangeWebhookAsync(id, new(Paused: true), Cancellation),
            () => b.Api.RotateWebhookSecretAsync(id, Cancellation),
            () => b.Api.TestWebhookAsync(id, Cancellation),
            () => b.Api.ListWebhookDeliveriesAsync(id, cancellationToken: Cancellation),
            () => b.Api.ReplayWebhookDeliveryAsync(id, delivery, Cancellation),
            () => b.Api.DeleteWebhookAsync(id, Cancellation),
        ];
        foreach (var attempt in tries)
        {
            var refused = await Assert.ThrowsAsync<TradingApiException>(attempt);
            Assert.Equal((HttpStatusCode.NotFound, ErrorCodes.NotFound), (refused.Status, refused.Code));
        }

        Assert.Empty(await b.Api.ListWebhooksAsync(Cancellation));
        var untouched = await a.Api.GetWebhookAsync(id, Cancellation);
        Assert.Null(untouched.PausedAt);
        Assert.Null(untouched.PreviousSecretUntil);
    }

    [Fact]
    public async Task An_account_has_as_many_webhooks_as_its_tier_allows_also_when_made_at_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;

        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CodeOfAsync(
            () => user.Api.CreateWebhookAsync(new(Url, _events), Cancellation))));

        Assert.Equal(MostOfFree, made.Count(code => code is null));
        Assert.Equal(10 - MostOfFree, made.Count(code => code == ErrorCodes.TooMany));
        Assert.Equal(MostOfFree, (await user.Api.ListWebhooksAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task A_key_keeps_webhooks_only_with_their_scope()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var with = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("with", [Scopes.Webhooks]), Cancellation);
        var without = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("without", [Scopes.AccountRead]), Cancellation);

        var made = await system.Api.As(TradingCaller.Of(with.Key)).CreateWebhookAsync(new(Url, _events), Cancellation);

        Assert.Equal(
            ErrorCodes.Forbidden,
            await CodeOfAsync(() => system.Api.As(TradingCaller.Of(without.Key)).ListWebhooksAsync(Cancellation)));
        Assert.Equal(made.Details.Id, Assert.Single(await user.Api.ListWebhooksAsync(Cancellation)).Id);
    }

    [Fact]
    public async Task Secrets_are_shown_once_and_stored_encrypted()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var made = await user.Api.CreateWebhookAsync(new(Url, _events), Cancellation);
        var replaced = await user.Api.RotateWebhookSecretAsync(made.Details.Id, Cancellation);
        await using var command = system.Database.CreateCommand("SELECT w::text FROM webhooks w WHERE id = $1");
        command.Parameters.AddWithValue(made.Details.Id);
        var stored = (string)(await command.ExecuteScalarAsync(Cancellation))!;

        var shown = await own.GetStringAsync($"/api/v1/webhooks/{made.Details.Id}", Cancellation);

        Assert.StartsWith("whsec_", made.Secret, StringComparison.Ordinal);
        Assert.Equal("whsec_".Length + 43, made.Secret.Length);
        Assert.DoesNotContain("whsec_", shown, StringComparison.Ordinal);
        foreach (var secret in new[] { made.Secret, replaced.Secret })
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(secret["whsec_".Length..], stored, StringComparison.Ordinal);
        }
    }

    private static async Task<string?> CodeOfAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return null;
        }
        catch (TradingApiException refused)
        {
            return refused.Code;
        }
    }
}

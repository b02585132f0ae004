using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Contracts;
using Trading.Tests.Monitoring;

namespace Trading.Tests.Integration;

/// <summary>Webhooks through the running system, to a real server that is somebody else's.</summary>
[Collection(SystemTests.Name)]
public sealed class WebhookTests(TradingSystem system)
{
    // As the fixture configures it.
    private const int MaxTries = 3;

    // Signals are everybody's and come when they come.
    private static IEnumerable<string> OfAccounts =>
        WebhookEventTypes.All.Keys.Where(type => !type.StartsWith("signal.", StringComparison.Ordinal));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Webhooks_are_signed_with_a_tolerance_of_5_minutes()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        var made = await user.Api.CreateWebhookAsync(new(receiver.Url.ToString(), [WebhookEventTypes.Logout]), Cancellation);

        await user.Api.TestWebhookAsync(made.Details.Id, Cancellation);

        var hook = Assert.Single(await receiver.ReceiveAsync(1));
        var header = hook.Headers[WebhookSignature.Header];
        Assert.Equal("application/json", hook.Headers["Content-Type"]);
        Assert.True(WebhookSignature.Verify(header, hook.Body, made.Secret, TimeProvider.System));
        Assert.False(WebhookSignature.Verify(header, hook.Body, made.Secret, new LaterTime(TimeSpan.FromSeconds(330))));
        Assert.False(WebhookSignature.Verify(header, hook.Body, made.Secret + "x", TimeProvider.System));
    }

    [Fact]
    public async Task A_refused_sign_in_is_told_to_the_account_it_was_for_and_to_nobody_else()
    {
        var (a, b) = (await system.SignInAsync(Cancellation), await system.SignInAsync(Cancellation));
        using var httpOfA = a.Http;
        using var httpOfB = b.Http;
        await using var ofA = await HookReceiver.StartAsync();
        await using var ofB = await HookReceiver.StartAsync();
        string[] all = [.. OfAccounts];
        await a.Api.CreateWebhookAsync(new(ofA.Url.ToString(), [WebhookEventTypes.LoginRefused]), Cancellation);
        var hookOfB = await b.Api.CreateWebhookAsync(new(ofB.Url.ToString(), all), Cancellation);
        using var stranger = system.From("198.51.100.200");

        await stranger.TryLoginAsync(a.Email, "not the password", Cancellation);
        var told = Body(Assert.Single(await ofA.ReceiveAsync(1)));
        await b.Api.TestWebhookAsync(hookOfB.Details.Id, Cancellation);
        await ofB.ReceiveAsync(2);

        Assert.Equal(WebhookEventTypes.LoginRefused, (string?)told["type"]);
        Assert.Equal("failure", (string?)told["data"]!["outcome"]);
        Assert.Equal("198.51.100.200", (string?)told["data"]!["address"]);
        // Of its own making, and no refusal.
        Assert.Equal(
            [WebhookEventTypes.Ping, WebhookEventTypes.WebhookChanged],
            ofB.Received.Select(hook => (string?)Body(hook)["type"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_event_of_the_catalogue_that_a_user_can_cause_is_sent()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        await user.Api.CreateWebhookAsync(new(receiver.Url.ToString(), [.. OfAccounts]), Cancellation);

        var key = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("a program"), Cancellation);
        await user.Api.RevokeApiKeyAsync(key.Details.Id, Cancellation);
        var other = await system.Api.LoginAsync(new LoginRequest(user.Email, user.Password), Cancellation);
        await user.Api.ChangePasswordAsync(new ChangePasswordRequest(user.Password, "five words of a test"), Cancellation);
        await user.Api.LogoutAsync(Cancellation);

        var sent = (await receiver.ReceiveAsync(7)).Select(Body).ToList();
        Assert.Equal(
            [
                WebhookEventTypes.ApiKeyCreated, WebhookEventTypes.ApiKeyRevoked, WebhookEventTypes.LoginSucceeded,
                WebhookEventTypes.Logout, WebhookEventTypes.PasswordChanged, WebhookEventTypes.SessionRevoked,
                WebhookEventTypes.WebhookChanged,
            ],
            sent.Select(body => (string?)body["type"]).Order(StringComparer.Ordinal));
        Assert.Equal(other.SessionId.ToString(), (string?)Of(sent, WebhookEventTypes.SessionRevoked)["data"]!["subject"]);
        Assert.All(sent, body => Assert.EndsWith("Z", (string?)body["created_at"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_fails_is_retried_then_given_up_then_replayed_with_the_same_id_and_body()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answer = (500, "no");
        var id = (await user.Api.CreateWebhookAsync(
            new(receiver.Url.ToString(), [WebhookEventTypes.Logout]), Cancellation)).Details.Id;

        var ping = await user.Api.TestWebhookAsync(id, Cancellation);
        var dead = await FinishedAsync(user, id, ping.Id, "dead");
        receiver.Answer = (204, "");
        var again = await user.Api.ReplayWebhookDeliveryAsync(id, ping.Id, Cancellation);
        var delivered = await FinishedAsync(user, id, ping.Id, "delivered");
        var twice = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.ReplayWebhookDeliveryAsync(id, ping.Id, Cancellation));

        Assert.Equal("pending", ping.Status);
        Assert.Equal((MaxTries, 500, "The answer was 500."), (dead.Tries, dead.ResponseCode, dead.Error));
        Assert.NotNull(dead.FinishedAt);
        Assert.Null(dead.NextTryAt);
        Assert.Equal("pending", again.Status);
        Assert.Equal((1, 204, null), (delivered.Tries, delivered.ResponseCode, delivered.Error));
        Assert.Equal(ErrorCodes.NotDead, twice.Code);
        Assert.Equal(MaxTries + 1, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(hook => Encoding.UTF8.GetString(hook.Body)).Distinct());
        Assert.Equal(ping.Id.ToString(), (string?)Body(receiver.Received.First())["id"]);
        Assert.Null((await user.Api.GetWebhookAsync(id, Cancellation)).FailingSince);
    }

    [Fact]
    public async Task A_webhook_that_fails_for_long_is_paused_and_its_owner_is_told()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var failing = await HookReceiver.StartAsync();
        await using var sound = await HookReceiver.StartAsync();
        failing.Answer = (503, "");
        var id = (await user.Api.CreateWebhookAsync(
            new(failing.Url.ToString(), [WebhookEventTypes.Logout]), Cancellation)).Details.Id;
        await user.Api.CreateWebhookAsync(new(sound.Url.ToString(), [WebhookEventTypes.WebhookPaused]), Cancellation);
        await ExecuteAsync("UPDATE webhooks SET failing_since = now() - interval '4 days' WHERE id = $1", id);

        await user.Api.TestWebhookAsync(id, Cancellation);

        var told = Body(Assert.Single(await sound.ReceiveAsync(1)));
        Assert.Equal(id.ToString(), (string?)told["data"]!["subject"]);
        Assert.NotNull((await user.Api.GetWebhookAsync(id, Cancellation)).PausedAt);
        var refused = await Assert.ThrowsAsync<TradingApiException>(() => user.Api.TestWebhookAsync(id, Cancellation));
        Assert.Equal(ErrorCodes.WebhookPaused, refused.Code);
        await Eventually.IsTrueAsync(
            () => Task.FromResult(Directory.GetFiles(TradingSystem.MailFolder, "*.eml").Select(File.ReadAllText).Any(
                text => text.Contains($"To: {user.Email}\r\n", StringComparison.Ordinal)
                    && text.Contains("A webhook was paused", StringComparison.Ordinal))),
            "the owner is mailed");

        failing.Answer = (200, "");
        var resumed = await user.Api.ChangeWebhookAsync(id, new WebhookChangeRequest(Paused: false), Cancellation);
        var ping = await user.Api.TestWebhookAsync(id, Cancellation);

        Assert.Null(resumed.PausedAt);
        await FinishedAsync(user, id, ping.Id, "delivered");
    }

    [Fact]
    public async Task A_secret_that_was_replaced_signs_too_for_24_hours()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        var made = await user.Api.CreateWebhookAsync(new(receiver.Url.ToString(), [WebhookEventTypes.Logout]), Cancellation);
        var id = made.Details.Id;

        var replaced = await user.Api.RotateWebhookSecretAsync(id, Cancellation);
        await user.Api.TestWebhookAsync(id, Cancellation);
        var both = Assert.Single(await receiver.ReceiveAsync(1));
        await ExecuteAsync("UPDATE webhooks SET previous_secret_until = now() WHERE id = $1", id);
        await user.Api.TestWebhookAsync(id, Cancellation);
        var one = (await receiver.ReceiveAsync(2))[1];

        Assert.NotEqual(made.Secret, replaced.Secret);
        var overlap = replaced.Details.PreviousSecretUntil - made.Details.CreatedAt;
        Assert.InRange(overlap!.Value, TimeSpan.FromHours(24), TimeSpan.FromHours(24.1));
        Assert.True(Verifies(both, made.Secret) && Verifies(both, replaced.Secret));
        Assert.True(Verifies(one, replaced.Secret));
        Assert.False(Verifies(one, made.Secret));
    }

    [Fact]
    public async Task Deliveries_are_paged_newest_first_without_gaps()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        var id = (await user.Api.CreateWebhookAsync(
            new(receiver.Url.ToString(), [WebhookEventTypes.Logout]), Cancellation)).Details.Id;
        var sent = new List<Guid>();
        for (var number = 0; number < 7; number++)
        {
            sent.Insert(0, (await user.Api.TestWebhookAsync(id, Cancellation)).Id);
        }

        var pages = new List<Page<WebhookDeliveryResponse>>();
        do
        {
            pages.Add(await user.Api.ListWebhookDeliveriesAsync(
                id, pages.LastOrDefault()?.NextCursor, 3, Cancellation));
        }
        while (pages[^1].NextCursor is not null);

        Assert.Equal([3, 3, 1], pages.Select(page => page.Items.Count));
        Assert.Equal(sent, pages.SelectMany(page => page.Items).Select(delivery => delivery.Id));
    }

    [Fact]
    public async Task A_delivery_is_a_span_of_the_request_that_caused_it()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        await using var receiver = await HookReceiver.StartAsync();
        var id = (await admin.Api.CreateWebhookAsync(
            new(receiver.Url.ToString(), [WebhookEventTypes.Logout]), Cancellation)).Details.Id;
        var trace = Guid.NewGuid().ToString("N");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/webhooks/{id}/test");
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        using var answer = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var hook = Assert.Single(await receiver.ReceiveAsync(1));
        Assert.DoesNotContain("traceparent", hook.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        await Eventually.IsTrueAsync(
            async () => (await admin.Api.ListTracesAsync(cancellationToken: Cancellation)).Any(item => item.TraceId == trace)
                && (await admin.Api.GetTraceAsync(trace, Cancellation)).Spans.Any(span => span.Name == "send webhook"),
            "the delivery is in the trace");
    }

    [Fact]
    public async Task Users_hosts_are_in_no_metric()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await using var receiver = await HookReceiver.StartAsync();
        var url = new UriBuilder(receiver.Url) { Host = "localhost" }.Uri;
        var id = (await user.Api.CreateWebhookAsync(
            new(url.ToString(), [WebhookEventTypes.Logout]), Cancellation)).Details.Id;
        var ping = await user.Api.TestWebhookAsync(id, Cancellation);
        await FinishedAsync(user, id, ping.Id, "delivered");

        var metrics = await Eventually.ReturnsAsync(
            async () =>
            {
                var text = await system.MetricsAsync("apiservice", Cancellation);
                return text.Contains("\ndns_lookup_duration_seconds_count", StringComparison.Ordinal) ? text : null;
            },
            "the look-up is counted");

        Assert.DoesNotContain("dns_question_name", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{url.Port}\"", metrics, StringComparison.Ordinal);
    }

    private static bool Verifies(ReceivedHook hook, string secret) => WebhookSignature.Verify(
        hook.Headers[WebhookSignature.Header], hook.Body, secret, TimeProvider.System);

    private static JsonNode Body(ReceivedHook hook) => JsonNode.Parse(hook.Body)!;

    private static JsonNode Of(IEnumerable<JsonNode> bodies, string type) =>
        Assert.Single(bodies, body => (string?)body["type"] == type);

    private static Task<WebhookDeliveryResponse> FinishedAsync(TestUser user, Guid webhook, Guid delivery, string status) =>
        Eventually.ReturnsAsync(
            async () => (await user.Api.ListWebhookDeliveriesAsync(webhook, cancellationToken: Cancellation)).Items
                .SingleOrDefault(item => item.Id == delivery && item.Status == status),
            $"the delivery is {status}");

    private async Task ExecuteAsync(string sql, Guid id)
    {
        await using var command = system.Database.CreateCommand(sql);
        command.Parameters.AddWithValue(id);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
    }

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class SecrecyTests(TradingSystem system)
{
    private const string Canary = "canary-7f3c91-of-the-tests";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Canary_secrets_appear_in_no_log_trace_or_error()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var key = await admin.Api.CreateApiKeyAsync(new ApiKeyRequest("canary", [Scopes.AccountRead]), Cancellation);
        await using var receiver = await HookReceiver.StartAsync();
        await admin.Api.SetSettingAsync("LOG_LEVEL", new SettingRequest("Trace"), Cancellation);
        var webhook = await admin.Api.CreateWebhookAsync(
            new($"{receiver.Url}{Canary}", [WebhookEventTypes.Logout]), Cancellation);
        await admin.Api.TestWebhookAsync(webhook.Details.Id, Cancellation);
        await receiver.ReceiveAsync(1);
        await SpillAsync(admin, key.Key);
        var mark = $"marker-{Guid.NewGuid():n}";
        await http.TryLoginAsync($"{mark}@example.com", Canary, Cancellation);
        var trace = $"token={admin.Tokens.AccessToken}";
        using var unknown = await http.GetAsync($"/ws/x?{trace}", Cancellation);
        await Eventually.IsTrueAsync(() => Task.FromResult(Logs().Length > 0), "logs are written");
        await admin.Api.RemoveSettingAsync("LOG_LEVEL", Cancellation);

        var kept = string.Join('\n', Logs())
            + JsonSerializer.Serialize(await TracesAsync(admin))
            + JsonSerializer.Serialize(await admin.Api.ListErrorsAsync(Cancellation))
            + JsonSerializer.Serialize(await admin.Api.ListSlowQueriesAsync(Cancellation))
            + JsonSerializer.Serialize(await admin.Api.SearchAuditAsync(new AuditSearch { Limit = 1000 }, Cancellation));

        string[] secrets =
        [
            Canary, admin.Password, admin.Tokens.AccessToken, admin.Tokens.RefreshToken, key.Key, webhook.Secret,
            TradingSystem.ServiceKey, TradingSystem.SigningKey, Password(await system.ConnectionStringAsync("tradingdb")),
        ];
        Assert.DoesNotContain(secrets, secret => kept.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CR_and_LF_cannot_forge_a_log_line()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        await admin.Api.SetSettingAsync("LOG_LEVEL", new SettingRequest("Debug"), Cancellation);
        const string Forged = "x\r\n{\"time\":\"2026-01-01T00:00:00Z\",\"level\":\"critical\",\"message\":\"forged\"}\r\n\u2028\u0085";
        using var login = await http.PostAsJsonAsync("/api/v1/auth/login", new { email = Forged, password = "x", device = Forged }, Cancellation);
        using var search = await http.GetAsync($"/api/v1/instruments?search={Uri.EscapeDataString(Forged)}", Cancellation);
        using var path = await http.GetAsync($"/api/v1/quotes/{Uri.EscapeDataString(Forged)}", Cancellation);
        using var agent = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        agent.Headers.TryAddWithoutValidation("X-Request-ID", "y\\r\\n{\"forged\":1}");
        using var answer = await http.SendAsync(agent, Cancellation);
        await admin.Api.RemoveSettingAsync("LOG_LEVEL", Cancellation);

        var lines = Logs();

        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            using var parsed = JsonDocument.Parse(line);
            Assert.NotEqual("forged", parsed.RootElement.GetProperty("message").GetString());
            Assert.True(parsed.RootElement.TryGetProperty("service", out _));
        });
    }

    [Fact]
    public async Task Every_line_of_a_request_has_its_id_and_its_trace()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        await admin.Api.SetSettingAsync("LOG_LEVEL", new SettingRequest("Debug"), Cancellation);
        var id = $"of-a-test-{Guid.NewGuid():n}";
        var lines = await Eventually.ReturnsAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
                request.Headers.Add("X-Request-ID", id);
                request.Headers.Add("X-API-Key", "ta_of-no-one-at-all");
                using var answer = await system.Http.SendAsync(request, Cancellation);
                var found = Logs().Where(line => line.Contains(id, StringComparison.Ordinal)).ToArray();
                return found.Length > 0 ? found : null;
            },
            "a line with the request's id");
        await admin.Api.RemoveSettingAsync("LOG_LEVEL", Cancellation);

        Assert.All(lines, line =>
        {
            using var parsed = JsonDocument.Parse(line);
            Assert.Equal(id, parsed.RootElement.GetProperty("request_id").GetString());
            Assert.Equal(32, parsed.RootElement.GetProperty("trace_id").GetString()!.Length);
        });
    }

    private static string Password(string connection) => connection.Split(';')
        .Single(part => part.StartsWith("Password=", StringComparison.OrdinalIgnoreCase))["Password=".Length..];

    private static string[] Logs() => [.. Directory.GetFiles(TradingSystem.LogFolder, "*.log").SelectMany(Lines)];

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        // The last one may be half written.
        return reader.ReadToEnd().Split('\n')[..^1];
    }

    private static async Task<IReadOnlyList<TraceDetailResponse>> TracesAsync(TestUser admin)
    {
        var details = new List<TraceDetailResponse>();
        foreach (var trace in await admin.Api.ListTracesAsync(cancellationToken: Cancellation))
        {
            details.Add(await admin.Api.GetTraceAsync(trace.TraceId, Cancellation));
        }

        return details;
    }

    private async Task SpillAsync(TestUser admin, string key)
    {
        using var wrong = system.From("192.0.2.47");
        await wrong.TryLoginAsync(admin.Email, Canary, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/auth/me?token={admin.Tokens.RefreshToken}");
        request.Headers.Add("X-API-Key", key);
        using var first = await wrong.SendAsync(request, Cancellation);
        using var second = await wrong.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = "a@b", password = Canary, secret = Canary }, Cancellation);
        using var third = await wrong.PostAsJsonAsync(
            "/api/v1/auth/refresh", new { refresh_token = Canary }, Cancellation);
        using var fourth = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        fourth.Headers.TryAddWithoutValidation("Authorization", $"Bearer {admin.Tokens.AccessToken}x");
        using var refused = await wrong.SendAsync(fourth, Cancellation);
        await admin.Api.SetUpTwoFactorAsync(new PasswordRequest(admin.Password), Cancellation);
    }
}

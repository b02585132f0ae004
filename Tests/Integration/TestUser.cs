using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Trading.Contracts;

namespace Trading.Tests.Integration;

/// <summary>An account of a test, signed in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">Its address.</param>
/// <param name="Password">Its password.</param>
/// <param name="Tokens">What the login gave.</param>
/// <param name="Api">The API on its behalf.</param>
/// <param name="Http">The API on its behalf, without the client; the caller disposes it.</param>
public sealed record TestUser(
    Guid Id, string Email, string Password, TokenResponse Tokens, TradingClient Api, HttpClient Http);

public static class TestUsers
{
    private const string Password = "four words of a test";

    /// <summary>A new account with roles, signed in.</summary>
    public static Task<TestUser> SignInAsync(
        this TradingSystem system, CancellationToken cancellation, params string[] roles) =>
        system.SubscribeAsync(Tiers.Free, cancellation, roles);

    /// <summary>A new account of a tier, signed in.</summary>
    public static async Task<TestUser> SubscribeAsync(
        this TradingSystem system, string tier, CancellationToken cancellation, params string[] roles)
    {
        var email = await system.RegisterAsync(cancellation);
        await system.ConfirmAsync(email, roles, cancellation);
        await using var change = system.Database.CreateCommand("UPDATE users SET tier = $2 WHERE email = $1");
        change.Parameters.AddWithValue(email);
        change.Parameters.AddWithValue(tier);
        await change.ExecuteNonQueryAsync(cancellation);
        var tokens = await system.Api.LoginAsync(new LoginRequest(email, Password), cancellation);
        var http = new HttpClient { BaseAddress = system.ApiAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.AccessToken);
        var api = system.Api.As(TradingCaller.Of(tokens.AccessToken));
        var account = await api.GetAccountAsync(cancellation);
        return new TestUser(account.Id, email, Password, tokens, api, http);
    }

    /// <summary>A new account whose address is not confirmed yet.</summary>
    public static async Task<string> RegisterAsync(this TradingSystem system, CancellationToken cancellation)
    {
        var email = $"u{Guid.NewGuid():n}@example.com";
        await system.Api.RegisterAsync(new RegisterRequest(email, Password), cancellation);
        return email;
    }

    public static HttpClient From(this TradingSystem system, string address)
    {
        var http = new HttpClient { BaseAddress = system.ApiAddress };
        http.DefaultRequestHeaders.Add("X-Service-Key", TradingSystem.ServiceKey);
        http.DefaultRequestHeaders.Add("X-Client-Address", address);
        return http;
    }

    public static async Task<(System.Net.HttpStatusCode Status, string Code, string Detail)> TryLoginAsync(
        this HttpClient http, string email, string password, CancellationToken cancellation)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/auth/login", new { email, password }, cancellation);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellation);
        return (answer.StatusCode, (string?)body?["code"] ?? "", (string?)body?["detail"] ?? "");
    }

    private static async Task ConfirmAsync(
        this TradingSystem system, string email, string[] roles, CancellationToken cancellation)
    {
        await using var command = system.Database.CreateCommand(
            """
            WITH confirmed AS (UPDATE users SET email_confirmed = true WHERE email = $1 RETURNING id)
            INSERT INTO user_roles (user_id, role_id)
            SELECT confirmed.id, roles.id FROM confirmed, roles WHERE roles.name = ANY ($2) ON CONFLICT DO NOTHING
            """);
        command.Parameters.AddWithValue(email);
        command.Parameters.AddWithValue(roles);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

/// <summary>Tokens forged by hand, from RFC 7515 and RFC 7519, against the running API.</summary>
[Collection(SystemTests.Name)]
public sealed class AccessTokenTests(TradingSystem system)
{
    private static readonly string _keyId =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TradingSystem.SigningKey)))[..16];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forgeries =>
    [
        "alg none", "alg None", "alg nOnE", "alg RS256", "alg HS512", "unknown kid", "no kid", "typ JWT", "no typ", "jku", "jwk", "x5u",
        "crit", "wrong iss", "wrong aud", "expired", "future nbf", "no exp", "other key", "no session", "closed session", "cut signature",
        "no signature", "not a token", "two tokens", "changed role",
    ];

    [Fact]
    public async Task A_token_made_by_hand_to_the_standard_is_taken()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Sign(Header(), Payload(user)))).Status);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Every_forged_token_gets_one_and_the_same_401(string forgery)
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var honest = await AskAsync("x");

        var answer = await AskAsync(Forge(forgery, user));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("unauthorized", answer.Code);
        Assert.Equal(honest, answer);
    }

    [Fact]
    public async Task A_key_that_signed_until_lately_still_verifies_and_logs_no_one_out()
    {
        await using var host = await Unit.Api.ApiHost.StartAsync(
            ("Auth:SigningKey", new string('n', 40)), ("Auth:PreviousSigningKeys:0", TradingSystem.SigningKey));
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;

        var tokens = host.Service<ApiService.Auth.AccessTokens>();

        Assert.True(tokens.HasOurHeader(user.Tokens.AccessToken));
        Assert.False(tokens.HasOurHeader(Sign(With(Header(), "kid", "0000000000000000"), Payload(user))));
    }

    private static JsonObject Header() => new() { ["alg"] = "HS256", ["typ"] = "at+jwt", ["kid"] = _keyId };

    private static JsonObject Payload(TestUser user)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(Now());
        return new JsonObject
        {
            ["iss"] = "trading",
            ["aud"] = "trading-api",
            ["sub"] = user.Id.ToString(),
            ["email"] = user.Email,
            ["session"] = user.Tokens.SessionId.ToString(),
            ["tier"] = "free",
            ["role"] = "viewer",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static JsonObject With(JsonObject parent, string name, JsonNode? value)
    {
        parent[name] = value;
        return parent;
    }

    private static JsonObject Without(JsonObject parent, string name)
    {
        parent.Remove(name);
        return parent;
    }

    private static string Sign(JsonObject header, JsonObject payload, string? key = null, string algorithm = "HS256")
    {
        var text = $"{Encode(header.ToJsonString())}.{Encode(payload.ToJsonString())}";
        var secret = Encoding.UTF8.GetBytes(key ?? TradingSystem.SigningKey);
        var signature = algorithm == "HS512"
            ? HMACSHA512.HashData(secret, Encoding.ASCII.GetBytes(text))
            : HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Unsigned(string algorithm, JsonObject payload) =>
        $"{Encode(With(Header(), "alg", algorithm).ToJsonString())}.{Encode(payload.ToJsonString())}.";

    private static string RsaSigned(JsonObject payload)
    {
        using var rsa = RSA.Create(2048);
        var text = $"{Encode(With(Header(), "alg", "RS256").ToJsonString())}.{Encode(payload.ToJsonString())}";
        return $"{text}.{Base64Url.EncodeToString(
            rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Forge(string forgery, TestUser user)
    {
        var payload = Payload(user);
        return forgery switch
        {
            "alg none" => Unsigned("none", payload),
            "alg None" => Unsigned("None", payload),
            "alg nOnE" => Unsigned("nOnE", payload),
            "alg RS256" => RsaSigned(payload),
            "alg HS512" => Sign(With(Header(), "alg", "HS512"), payload, algorithm: "HS512"),
            "unknown kid" => Sign(With(Header(), "kid", "0123456789abcdef"), payload),
            "no kid" => Sign(Without(Header(), "kid"), payload),
            "typ JWT" => Sign(With(Header(), "typ", "JWT"), payload),
            "no typ" => Sign(Without(Header(), "typ"), payload),
            "jku" => Sign(With(Header(), "jku", "https://example.com/keys"), payload),
            "jwk" => Sign(With(Header(), "jwk", new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }), payload),
            "x5u" => Sign(With(Header(), "x5u", "https://example.com/cert"), payload),
            "crit" => Sign(With(Header(), "crit", new JsonArray("exp")), payload),
            "wrong iss" => Sign(Header(), With(payload, "iss", "someone")),
            "wrong aud" => Sign(Header(), With(payload, "aud", "elsewhere")),
            "expired" => Sign(Header(), With(payload, "exp", Now() - 60)),
            "future nbf" => Sign(Header(), With(payload, "nbf", Now() + 60)),
            "no exp" => Sign(Header(), Without(payload, "exp")),
            "other key" => Sign(Header(), payload, key: new string('x', 64)),
            "no session" => Sign(Header(), Without(payload, "session")),
            "closed session" => Sign(Header(), With(payload, "session", Guid.NewGuid().ToString())),
            "cut signature" => Sign(Header(), payload)[..^4],
            "no signature" => string.Join('.', Sign(Header(), payload).Split('.')[..2]),
            "not a token" => "abc",
            "two tokens" => $"{user.Tokens.AccessToken}, {user.Tokens.AccessToken}",
            _ => Tampered(user.Tokens.AccessToken),
        };
    }

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        payload["role"] = Roles.Admin;
        return $"{parts[0]}.{Encode(payload.ToJsonString())}.{parts[2]}";
    }

    private async Task<(HttpStatusCode Status, string? Code, string? Detail, string Challenge)> AskAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await system.Http.SendAsync(request, Cancellation);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        return (answer.StatusCode, (string?)body?["code"], (string?)body?["detail"],
            string.Create(CultureInfo.InvariantCulture, $"{answer.Headers.WwwAuthenticate}"));
    }
}

using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Trading.Data.Accounts;
using Base64Url = System.Buffers.Text.Base64Url;

namespace Trading.ApiService.Auth;

/// <summary>Access tokens: JWT of RFC 9068, signed with HMAC-SHA256.</summary>
internal sealed class AccessTokens(IOptionsMonitor<AuthOptions> options, SigningKeys keys, TimeProvider time)
{
    public const string Type = "at+jwt";
    private const int LongestToken = 8 * 1024;
    private static readonly TimeSpan _skew = TimeSpan.FromSeconds(5);

    private static readonly string[] _headers = ["alg", "kid", "typ"];

    public string Issue(User user, IEnumerable<string> roles, Guid session)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var current = options.CurrentValue;
        var claims = roles.Select(role => new Claim("role", role))
            .Append(new Claim(JwtRegisteredClaimNames.Sub, user.Id.ToString()))
            .Append(new Claim(JwtRegisteredClaimNames.Email, user.Email!))
            .Append(new Claim(JwtRegisteredClaimNames.Jti, Guid.CreateVersion7().ToString("N")))
            .Append(new Claim(Caller.SessionClaim, session.ToString()))
            .Append(new Claim(Caller.TierClaim, user.Tier));
        var header = new JwtHeader(new SigningCredentials(keys.Current, SecurityAlgorithms.HmacSha256)) { ["typ"] = Type };
        var payload = new JwtPayload(
            current.Issuer, current.Audience, claims, now, now + current.AccessTokenLifetime, now);
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(header, payload));
    }

    /// <summary>
    /// Whether a token's header is exactly one of ours: nothing in a header may choose the algorithm, or say where the
    /// key is.
    /// </summary>
    public bool HasOurHeader(string token)
    {
        if (token.Length > LongestToken || token.Count(letter => letter == '.') != 2)
        {
            return false;
        }

        try
        {
            var header = JsonNode.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal))))
                as JsonObject;
            return header is not null
                && header.All(member => _headers.Contains(member.Key))
                && (string?)header["alg"] == SecurityAlgorithms.HmacSha256
                && (string?)header["typ"] == Type
                && (string?)header["kid"] is { } id
                && keys.TryFind(id, out _);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = options.CurrentValue.Issuer,
        ValidAudience = options.CurrentValue.Audience,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        NameClaimType = ClaimTypes.Email,
        RoleClaimType = ClaimTypes.Role,
        IssuerSigningKeyResolver = (_, _, id, _) => id is not null && keys.TryFind(id, out var key) ? [key] : [],
        LifetimeValidator = (from, to, _, _) => IsWithin(from, to),
    };

    private bool IsWithin(DateTime? from, DateTime? to)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return to > now - _skew && (from is null || from <= now + _skew);
    }
}

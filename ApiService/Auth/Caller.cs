using System.Globalization;
using System.Security.Claims;
using Trading.Contracts;

namespace Trading.ApiService.Auth;

/// <summary>What the claims of a request say about who sent it.</summary>
internal static class Caller
{
    /// <summary>The session that an access token belongs to; an API key has none.</summary>
    public const string SessionClaim = "session";

    /// <summary>The subscription tier.</summary>
    public const string TierClaim = "tier";

    /// <summary>What an API key may do; a signed-in user has none and is not bound by scopes.</summary>
    public const string ScopeClaim = "scope";

    /// <summary>The API key's id.</summary>
    public const string KeyClaim = "api_key";

    public static Guid? UserId(this ClaimsPrincipal user) => IdOf(user, ClaimTypes.NameIdentifier);

    public static Guid? SessionId(this ClaimsPrincipal user) => IdOf(user, SessionClaim);

    public static Guid? ApiKeyId(this ClaimsPrincipal user) => IdOf(user, KeyClaim);

    public static string Tier(this ClaimsPrincipal user) => user.FindFirstValue(TierClaim) ?? Tiers.Free;

    /// <summary>The user of an endpoint that requires one.</summary>
    public static Guid RequiredUserId(this ClaimsPrincipal user) =>
        user.UserId() ?? throw new InvalidOperationException("The endpoint's policy lets strangers in.");

    private static Guid? IdOf(ClaimsPrincipal user, string claim) =>
        Guid.TryParse(user.FindFirstValue(claim), CultureInfo.InvariantCulture, out var id) ? id : null;
}

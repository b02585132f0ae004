using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Trading.ApiService.Edge;

namespace Trading.ApiService.Auth;

/// <summary>Lets programs in by their key.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SessionGuard guard)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiKey";

    /// <summary>By which a key is known among other secrets, also by scanners of leaked ones.</summary>
    public const string KeyStart = "ta_";

    private const int LongestKey = 100;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var sent = Request.Headers.TryGetValue(AuthSchemes.ApiKeyHeader, out var header)
            ? header.ToString()
            : AuthSchemes.BearerOf(Request);
        if (sent is not { Length: > 0 and <= LongestKey } || !sent.StartsWith(KeyStart, StringComparison.Ordinal))
        {
            return AuthenticateResult.Fail("No API key.");
        }

        try
        {
            return await guard.FindKeyAsync(SecretText.HashOf(sent), Context.RequestAborted) is { } holder
                ? AuthenticateResult.Success(TicketOf(holder))
                : AuthenticateResult.Fail("Unknown API key.");
        }
        catch (Exception error) when (StoreFailures.IsAway(error))
        {
            Context.Items[AuthSchemes.StoreAway] = true;
            return AuthenticateResult.NoResult();
        }
    }

    private static AuthenticationTicket TicketOf(Data.Accounts.KeyHolder holder)
    {
        var claims = holder.Roles.Select(role => new Claim(ClaimTypes.Role, role))
            .Concat(holder.Scopes.Select(scope => new Claim(Caller.ScopeClaim, scope)))
            .Append(new Claim(ClaimTypes.NameIdentifier, holder.UserId.ToString()))
            .Append(new Claim(ClaimTypes.Email, holder.Email))
            .Append(new Claim(Caller.KeyClaim, holder.KeyId.ToString()))
            .Append(new Claim(Caller.TierClaim, holder.Tier));
        var identity = new ClaimsIdentity(claims, Scheme, ClaimTypes.Email, ClaimTypes.Role);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme);
    }
}

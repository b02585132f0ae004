using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;
using Trading.ApiService.Auth;
using Trading.Data.Accounts;

namespace Trading.ApiService.Stream;

/// <summary>Finds out whose a connection is, by what it shows.</summary>
internal sealed class UserEntry(StreamTicketStore tickets, AccessTokens tokens, SessionGuard guard)
{
    /// <summary>By an access token; null where it lets nobody in.</summary>
    public async Task<UserSocket.Holder?> OfTokenAsync(string? token, CancellationToken cancellationToken)
    {
        if (token is null || !tokens.HasOurHeader(token) || Read(token) is not { } holder)
        {
            return null;
        }

        return await guard.IsOpenAsync(holder.Session, cancellationToken) ? holder : null;
    }

    /// <summary>By a ticket, which is used up; null where it lets nobody in.</summary>
    public async Task<UserSocket.Holder?> OfTicketAsync(string ticket, CancellationToken cancellationToken) =>
        await tickets.TakeAsync(SecretText.HashOf(ticket), cancellationToken) is var (user, session)
            ? new UserSocket.Holder(user, session)
            : null;

    /// <summary>By the header of the handshake, which was checked like any request's; API keys have no session.</summary>
    public static UserSocket.Holder? OfRequest(ClaimsPrincipal user) =>
        user.UserId() is { } id && user.SessionId() is { } session ? new UserSocket.Holder(id, session) : null;

    private UserSocket.Holder? Read(string token)
    {
        try
        {
            return OfRequest(new JwtSecurityTokenHandler().ValidateToken(token, tokens.Validation, out _));
        }
        catch (Exception error) when (error is SecurityTokenException or ArgumentException)
        {
            return null;
        }
    }
}

using Microsoft.Extensions.Options;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Accounts;
using Trading.ServiceDefaults;

namespace Trading.ApiService.Auth;

/// <summary>Opens sessions and exchanges their tokens.</summary>
internal sealed class TokenIssuer(
    AccessTokens tokens,
    SessionStore sessions,
    AccountStore accounts,
    TrustedCaller trusted,
    IOptionsMonitor<AuthOptions> options,
    TimeProvider time)
{
    private const int LongestDevice = 200;

    /// <summary>The tokens of a new session; null where the user's password changed since it was read.</summary>
    public async Task<TokenResponse?> OpenAsync(
        HttpContext context, User read, string? device, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            UserId = read.Id,
            Device = DeviceOf(device ?? context.Request.Headers.UserAgent),
            Address = ClientAddress.Of(context, trusted)?.ToString(),
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + options.CurrentValue.RefreshTokenLifetime,
        };
        var (secret, refresh) = NewRefresh(session.Id);
        if (!await sessions.TryAddAsync(session, refresh, read.SecurityStamp, cancellationToken))
        {
            return null;
        }

        // Read once the session is there: a change of roles either shows here or ends the session.
        return await accounts.FindAsync(read.Id, cancellationToken) is var (user, roles)
            ? Answer(user, roles, session.Id, secret)
            : null;
    }

    /// <summary>The next tokens, or what is wrong with the one handed in.</summary>
    public async Task<(TokenResponse? Tokens, Rotation Rotation)> ExchangeAsync(
        string token, CancellationToken cancellationToken)
    {
        string? secret = null;
        var rotation = await sessions.RotateAsync(
            SecretText.HashOf(token),
            session =>
            {
                (secret, var next) = NewRefresh(session);
                return next;
            },
            time.GetUtcNow().UtcDateTime,
            cancellationToken);
        return rotation.Outcome == RotationOutcome.Rotated
            && await accounts.FindAsync(rotation.User, cancellationToken) is var (user, roles)
                ? (Answer(user, roles, rotation.Session, secret!), rotation)
                : (null, rotation);
    }

    private (string Secret, RefreshToken Token) NewRefresh(Guid session)
    {
        var secret = SecretText.New();
        var now = time.GetUtcNow().UtcDateTime;
        return (secret, new RefreshToken
        {
            Hash = SecretText.HashOf(secret),
            SessionId = session,
            CreatedAt = now,
            ExpiresAt = now + options.CurrentValue.RefreshTokenLifetime,
        });
    }

    private TokenResponse Answer(User user, IEnumerable<string> roles, Guid session, string refresh) => new(
        tokens.Issue(user, roles, session),
        "Bearer",
        (int)options.CurrentValue.AccessTokenLifetime.TotalSeconds,
        refresh,
        (int)options.CurrentValue.RefreshTokenLifetime.TotalSeconds,
        session);

    private static string DeviceOf(string? text)
    {
        var printable = ShownText.Of(text ?? "").Trim();
        return printable.Length == 0 ? "unknown" : StoredText.Of(printable, LongestDevice);
    }
}

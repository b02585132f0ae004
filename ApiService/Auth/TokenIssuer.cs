using Microsoft.Extensions.Options;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Accounts;

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

    public async Task<TokenResponse> OpenAsync(
        HttpContext context, User user, IEnumerable<string> roles, string? device, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            UserId = user.Id,
            Device = DeviceOf(device ?? context.Request.Headers.UserAgent),
            Address = ClientAddress.Of(context, trusted)?.ToString(),
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + options.CurrentValue.RefreshTokenLifetime,
        };
        var (secret, refresh) = NewRefresh(session.Id);
        await sessions.AddAsync(session, refresh, cancellationToken);
        return Answer(user, roles, session.Id, secret);
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
        var printable = string.Concat((text ?? "").Where(letter => !char.IsControl(letter))).Trim();
        return printable.Length == 0 ? "unknown" : printable.Length > LongestDevice ? printable[..LongestDevice] : printable;
    }
}

using System.Collections.Concurrent;
using Trading.Contracts;

namespace Trading.Web.Accounts;

/// <summary>
/// The newest tokens of each session that is signed in here. A refresh token works once: whoever needs a new pair waits
/// for whoever is fetching it.
/// </summary>
public sealed class UserTokens(TradingClient api, TimeProvider time)
{
    private static readonly TimeSpan _forgetAfter = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Guid, Session> _sessions = new();

    /// <summary>Takes the tokens of a login, or of a cookie, unless newer ones are known.</summary>
    public UserToken Keep(UserToken token)
    {
        ForgetOld();
        return _sessions.AddOrUpdate(
            token.SessionId,
            _ => new Session(token),
            (_, known) =>
            {
                known.Newest = known.Newest.ExpiresAt >= token.ExpiresAt ? known.Newest : token;
                return known;
            }).Newest;
    }

    public void Forget(Guid session) => _sessions.TryRemove(session, out _);

    /// <summary>A token that is good for a while yet; null where the session is over.</summary>
    /// <param name="session">The session.</param>
    /// <param name="atLeast">For how long it has to be good.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<UserToken?> FindAsync(Guid session, TimeSpan atLeast, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGetValue(session, out var known))
        {
            return null;
        }

        if (known.Newest.ExpiresAt - time.GetUtcNow() > atLeast)
        {
            return known.Newest;
        }

        await known.Gate.WaitAsync(cancellationToken);
        try
        {
            return known.Newest.ExpiresAt - time.GetUtcNow() > atLeast
                ? known.Newest
                : known.Newest = Of(await api.RefreshAsync(new RefreshRequest(known.Newest.Refresh), cancellationToken));
        }
        catch (TradingApiException over) when (over.Code == ErrorCodes.InvalidToken)
        {
            Forget(session);
            return null;
        }
        catch (TradingApiException)
        {
            // The API is away: the token so far may still be good.
            return known.Newest;
        }
        finally
        {
            known.Gate.Release();
        }
    }

    public UserToken Of(TokenResponse tokens) => new(
        tokens.SessionId, tokens.AccessToken, tokens.RefreshToken, time.GetUtcNow().AddSeconds(tokens.ExpiresIn));

    private void ForgetOld()
    {
        foreach (var (id, session) in _sessions)
        {
            if (time.GetUtcNow() - session.Newest.ExpiresAt > _forgetAfter)
            {
                _sessions.TryRemove(id, out _);
            }
        }
    }

    private sealed class Session(UserToken newest)
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public UserToken Newest { get; set; } = newest;
    }
}

/// <summary>The tokens of a session.</summary>
public sealed record UserToken(Guid SessionId, string Access, string Refresh, DateTimeOffset ExpiresAt);

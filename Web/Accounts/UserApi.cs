using Microsoft.AspNetCore.Components.Authorization;
using Trading.Contracts;

namespace Trading.Web.Accounts;

/// <summary>The API on behalf of whoever looks at the page.</summary>
public sealed class UserApi(
    TradingClient api, UserTokens tokens, AuthenticationStateProvider state, IConfiguration configuration)
{
    private static readonly TimeSpan _goodFor = TimeSpan.FromMinutes(1);

    public TradingClient Client => api.As(new TradingCaller(TokenAsync));

    /// <summary>What they are told as it happens.</summary>
    public UserStream Stream => new(configuration.UserStreamUrl(), TokenAsync, configuration.ServiceHeaders());

    private async ValueTask<string?> TokenAsync(CancellationToken cancellationToken)
    {
        var user = (await state.GetAuthenticationStateAsync()).User;
        return SessionCookie.SessionOf(user) is { } session
            ? (await tokens.FindAsync(session, _goodFor, cancellationToken))?.Access
            : null;
    }
}

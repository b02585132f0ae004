namespace Trading.Contracts;

/// <summary>On whose behalf a <see cref="TradingClient"/> asks.</summary>
/// <param name="AccessToken">Gives the newest access token, or an API key; null for a stranger.</param>
/// <param name="Address">
/// The IP address that the user is at, where a front end asks for its users. The API heeds it beside a service key only.
/// </param>
/// <param name="Device">What the user's browser says it is.</param>
public sealed record TradingCaller(
    Func<CancellationToken, ValueTask<string?>>? AccessToken = null, string? Address = null, string? Device = null)
{
    /// <summary>Who shows a token, or an API key, that does not change.</summary>
    /// <param name="accessToken">The token.</param>
    public static TradingCaller Of(string accessToken) => new(_ => ValueTask.FromResult<string?>(accessToken));

    internal async Task ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (AccessToken is not null
            && await AccessToken(cancellationToken).ConfigureAwait(false) is { Length: > 0 } token)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (Address is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Client-Address", Address);
        }

        if (Device is not null)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", Device);
        }
    }
}

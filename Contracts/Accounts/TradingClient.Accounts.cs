using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Accounts, sessions, keys and users.</content>
public sealed partial class TradingClient
{
    private const string AuthPath = "api/v1/auth";
    private const string KeysPath = "api/v1/api-keys";
    private const string UsersPath = "api/v1/users";

    /// <summary>A new account; a mail confirms its address. The answer does not tell whether there was one already.</summary>
    /// <param name="request">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RegisterAsync(RegisterRequest request, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Post, new RequestPath(AuthPath).Under("register"), Body(request, Json.Default.RegisterRequest), cancellationToken);

    /// <summary>Confirms an address with the token that was mailed.</summary>
    /// <param name="request">The address and the token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ConfirmEmailAsync(ConfirmEmailRequest request, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Post, new RequestPath(AuthPath).Under("confirm"), Body(request, Json.Default.ConfirmEmailRequest), cancellationToken);

    /// <summary>Sends the mail that confirms an address again.</summary>
    /// <param name="request">The address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ResendConfirmationAsync(EmailRequest request, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("confirm").Under("resend"),
        Body(request, Json.Default.EmailRequest),
        cancellationToken);

    /// <summary>Signs in.</summary>
    /// <param name="request">Address, password and, where there is one, the second factor.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException">
    /// <see cref="ErrorCodes.InvalidCredentials"/>, <see cref="ErrorCodes.TwoFactorRequired"/>,
    /// <see cref="ErrorCodes.InvalidCode"/>, <see cref="ErrorCodes.EmailNotConfirmed"/>.
    /// </exception>
    public Task<TokenResponse> LoginAsync(LoginRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("login"),
        Body(request, Json.Default.LoginRequest),
        Json.Default.TokenResponse,
        cancellationToken);

    /// <summary>Exchanges a refresh token for new tokens; each works once.</summary>
    /// <param name="request">The newest refresh token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.InvalidToken"/> where the session is over.</exception>
    public Task<TokenResponse> RefreshAsync(RefreshRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("refresh"),
        Body(request, Json.Default.RefreshRequest),
        Json.Default.TokenResponse,
        cancellationToken);

    /// <summary>Ends the caller's session.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task LogoutAsync(CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Post, new RequestPath(AuthPath).Under("logout"), null, cancellationToken);

    /// <summary>Ends every session of the caller.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task LogoutEverywhereAsync(CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Post, new RequestPath(AuthPath).Under("logout-all"), null, cancellationToken);

    /// <summary>Changes the caller's password; every other session ends.</summary>
    /// <param name="request">The password so far and the new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ChangePasswordAsync(ChangePasswordRequest request, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("password").Under("change"),
        Body(request, Json.Default.ChangePasswordRequest),
        cancellationToken);

    /// <summary>Mails a link that sets a new password.</summary>
    /// <param name="request">The account's address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ForgotPasswordAsync(EmailRequest request, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("password").Under("forgot"),
        Body(request, Json.Default.EmailRequest),
        cancellationToken);

    /// <summary>Sets a new password with the token that was mailed; every session ends.</summary>
    /// <param name="request">The token and the password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ResetPasswordAsync(ResetPasswordRequest request, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("password").Under("reset"),
        Body(request, Json.Default.ResetPasswordRequest),
        cancellationToken);

    /// <summary>The caller's account.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<AccountResponse> GetAccountAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(AuthPath).Under("me"), Json.Default.AccountResponse, cancellationToken);

    /// <summary>Where the caller is signed in, newest first.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<SessionResponse>> ListSessionsAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(AuthPath).Under("sessions"), Json.Default.IReadOnlyListSessionResponse, cancellationToken);

    /// <summary>Ends a session of the caller.</summary>
    /// <param name="id">The session.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RevokeSessionAsync(Guid id, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Delete, new RequestPath(AuthPath).Under("sessions").Under(id.ToString()), null, cancellationToken);

    /// <summary>A new secret for an authenticator app; nothing changes until it is confirmed.</summary>
    /// <param name="request">The caller's password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<TwoFactorSetupResponse> SetUpTwoFactorAsync(
        PasswordRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("two-factor").Under("setup"),
        Body(request, Json.Default.PasswordRequest),
        Json.Default.TwoFactorSetupResponse,
        cancellationToken);

    /// <summary>Turns the second factor on; gives the recovery codes.</summary>
    /// <param name="request">A code of the new secret.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RecoveryCodesResponse> ConfirmTwoFactorAsync(
        TwoFactorRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("two-factor").Under("confirm"),
        Body(request, Json.Default.TwoFactorRequest),
        Json.Default.RecoveryCodesResponse,
        cancellationToken);

    /// <summary>New recovery codes; those before do not work any more.</summary>
    /// <param name="request">The caller's password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RecoveryCodesResponse> RenewRecoveryCodesAsync(
        PasswordRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("two-factor").Under("recovery-codes"),
        Body(request, Json.Default.PasswordRequest),
        Json.Default.RecoveryCodesResponse,
        cancellationToken);

    /// <summary>Turns the second factor off.</summary>
    /// <param name="request">The caller's password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task DisableTwoFactorAsync(PasswordRequest request, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Post,
        new RequestPath(AuthPath).Under("two-factor").Under("disable"),
        Body(request, Json.Default.PasswordRequest),
        cancellationToken);

    /// <summary>The caller's API keys, newest first.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<ApiKeyResponse>> ListApiKeysAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(KeysPath), Json.Default.IReadOnlyListApiKeyResponse, cancellationToken);

    /// <summary>A new API key; the answer shows it this once.</summary>
    /// <param name="request">Its name, scopes and end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<NewApiKeyResponse> CreateApiKeyAsync(
        ApiKeyRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(KeysPath),
        Body(request, Json.Default.ApiKeyRequest),
        Json.Default.NewApiKeyResponse,
        cancellationToken);

    /// <summary>Ends an API key of the caller.</summary>
    /// <param name="id">The key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RevokeApiKeyAsync(Guid id, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Delete, new RequestPath(KeysPath).Under(id.ToString()), null, cancellationToken);

    /// <summary>One page of the accounts, by address. Admins only.</summary>
    /// <param name="search">Part of the address; null for all.</param>
    /// <param name="cursor">The <see cref="Page{T}.NextCursor"/> of the page before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<UserResponse>> ListUsersAsync(
        string? search = null, string? cursor = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(UsersPath).With("search", search).With("cursor", cursor),
        Json.Default.PageUserResponse,
        cancellationToken);

    /// <summary>Changes roles, tier or access of an account. Admins only.</summary>
    /// <param name="id">The account.</param>
    /// <param name="request">What changes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<UserResponse> ChangeUserAsync(
        Guid id, UserChangeRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Patch,
        new RequestPath(UsersPath).Under(id.ToString()),
        Body(request, Json.Default.UserChangeRequest),
        Json.Default.UserResponse,
        cancellationToken);
}

namespace Trading.Contracts;

/// <summary>What a login or a refresh gives.</summary>
/// <param name="AccessToken">Sent as <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType"><c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token ends.</param>
/// <param name="RefreshToken">Works once, and gives the next pair.</param>
/// <param name="RefreshExpiresIn">Seconds until the refresh token ends.</param>
/// <param name="SessionId">The session that both belong to.</param>
public sealed record TokenResponse(
    string AccessToken, string TokenType, int ExpiresIn, string RefreshToken, int RefreshExpiresIn, Guid SessionId);

/// <summary>One's own account.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmailConfirmed">Whether the address was confirmed.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Tier">Its subscription tier.</param>
/// <param name="TwoFactor">Whether a second factor is asked for.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are left.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
public sealed record AccountResponse(
    Guid Id,
    string Email,
    bool EmailConfirmed,
    IReadOnlyList<string> Roles,
    string Tier,
    bool TwoFactor,
    int RecoveryCodesLeft,
    DateTime CreatedAt);

/// <summary>An account as an admin sees it.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmailConfirmed">Whether the address was confirmed.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Tier">Its subscription tier.</param>
/// <param name="TwoFactor">Whether a second factor is asked for.</param>
/// <param name="Disabled">Whether nothing is let in.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
public sealed record UserResponse(
    Guid Id,
    string Email,
    bool EmailConfirmed,
    IReadOnlyList<string> Roles,
    string Tier,
    bool TwoFactor,
    bool Disabled,
    DateTime CreatedAt);

/// <summary>One login on one device.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Device">What the client says it is.</param>
/// <param name="Address">The address it came from at login.</param>
/// <param name="CreatedAt">The login, UTC.</param>
/// <param name="LastSeenAt">The newest refresh, UTC.</param>
/// <param name="ExpiresAt">When it ends unless refreshed, UTC.</param>
/// <param name="Current">Whether it is the session of this request.</param>
public sealed record SessionResponse(
    Guid Id, string Device, string? Address, DateTime CreatedAt, DateTime LastSeenAt, DateTime ExpiresAt, bool Current);

/// <summary>The secret of a second factor that is being set up.</summary>
/// <param name="Secret">In base 32, to be typed.</param>
/// <param name="Uri">The same as <c>otpauth://</c>, to be shown as a QR code.</param>
public sealed record TwoFactorSetupResponse(string Secret, string Uri);

/// <summary>Codes for when the second factor is lost; each works once. Shown this once.</summary>
/// <param name="Codes">The codes.</param>
public sealed record RecoveryCodesResponse(IReadOnlyList<string> Codes);

/// <summary>An API key, without the key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">By which its owner knows it.</param>
/// <param name="Prefix">Its first characters.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ExpiresAt">When it ends, UTC; null never.</param>
/// <param name="LastUsedAt">The newest use, to the minute, UTC.</param>
public sealed record ApiKeyResponse(
    Guid Id,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTime CreatedAt,
    DateTime? ExpiresAt,
    DateTime? LastUsedAt);

/// <summary>A new API key, shown this once.</summary>
/// <param name="Key">Sent as <c>X-API-Key</c> or <c>Authorization: Bearer</c>.</param>
/// <param name="Details">What stays known of it.</param>
public sealed record NewApiKeyResponse(string Key, ApiKeyResponse Details);

using System.Text.Json.Serialization;

namespace Trading.Contracts;

/// <summary>A new account.</summary>
/// <param name="Email">The address, which is the account's name.</param>
/// <param name="Password">8 to 128 characters; any characters, but no common password.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RegisterRequest(string? Email, string? Password);

/// <summary>Signs in.</summary>
/// <param name="Email">The account's address.</param>
/// <param name="Password">Its password.</param>
/// <param name="Code">The second factor's six digits, where the account has one.</param>
/// <param name="RecoveryCode">One of the recovery codes instead of the six digits; it works once.</param>
/// <param name="Device">A name for the list of sessions; the client's <c>User-Agent</c> where it is null.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LoginRequest(
    string? Email, string? Password, string? Code = null, string? RecoveryCode = null, string? Device = null);

/// <summary>Exchanges a refresh token for new tokens; each works once.</summary>
/// <param name="RefreshToken">The newest one of the session.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RefreshRequest(string? RefreshToken);

/// <summary>Asks for a mail to an address.</summary>
/// <param name="Email">The account's address.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EmailRequest(string? Email);

/// <summary>Confirms an address with the token that was mailed to it.</summary>
/// <param name="Email">The address.</param>
/// <param name="Token">The token.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConfirmEmailRequest(string? Email, string? Token);

/// <summary>Sets a new password with the token that was mailed.</summary>
/// <param name="Email">The account's address.</param>
/// <param name="Token">The token.</param>
/// <param name="Password">The new password.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResetPasswordRequest(string? Email, string? Token, string? Password);

/// <summary>Changes the password; every other session ends.</summary>
/// <param name="CurrentPassword">The password so far.</param>
/// <param name="NewPassword">The new one.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangePasswordRequest(string? CurrentPassword, string? NewPassword);

/// <summary>Turns the second factor on, with a code that shows that the secret has arrived.</summary>
/// <param name="Code">The six digits.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TwoFactorRequest(string? Code);

/// <summary>Confirms with the password.</summary>
/// <param name="Password">The account's password.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PasswordRequest(string? Password);

/// <summary>A new API key.</summary>
/// <param name="Name">By which its owner knows it.</param>
/// <param name="Scopes">Some of <see cref="Contracts.Scopes"/>; none is enough for public reads.</param>
/// <param name="ExpiresAt">When it ends, UTC; null never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApiKeyRequest(string? Name, IReadOnlyList<string>? Scopes = null, DateTime? ExpiresAt = null);

/// <summary>An admin's change of an account; what is null stays.</summary>
/// <param name="Roles">The roles, all of them.</param>
/// <param name="Tier">The subscription tier.</param>
/// <param name="Disabled">True ends every access at once.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UserChangeRequest(
    IReadOnlyList<string>? Roles = null, string? Tier = null, bool? Disabled = null);

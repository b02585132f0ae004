namespace Trading.Data.Accounts;

/// <summary>Who an API key lets in, and for what.</summary>
public sealed record KeyHolder(Guid KeyId, Guid UserId, string[] Scopes, string Email, string Tier, string[] Roles);

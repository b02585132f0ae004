namespace Trading.Data.Accounts;

/// <summary>One login on one device, and the family of refresh tokens that keeps it going.</summary>
public sealed class Session
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    /// <summary>What the client says it is, shortened.</summary>
    public required string Device { get; init; }

    public string? Address { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime LastSeenAt { get; set; }

    public DateTime ExpiresAt { get; set; }

    public DateTime? RevokedAt { get; set; }

    public string? RevokeReason { get; set; }
}

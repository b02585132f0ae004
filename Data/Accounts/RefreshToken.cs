namespace Trading.Data.Accounts;

/// <summary>One link of a session's chain of refresh tokens; the token itself is not stored.</summary>
public sealed class RefreshToken
{
    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    public Guid SessionId { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    /// <summary>When it was exchanged: a second exchange means that two hold it.</summary>
    public DateTime? UsedAt { get; set; }
}

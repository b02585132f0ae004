namespace Trading.Data.Accounts;

/// <summary>What became of a refresh token that was handed in.</summary>
public sealed record Rotation(RotationOutcome Outcome, Guid Session, Guid User);

public enum RotationOutcome
{
    Rotated,
    Reused,
    Unknown,
}

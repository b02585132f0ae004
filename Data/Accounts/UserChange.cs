namespace Trading.Data.Accounts;

/// <summary>What an admin changes of an account; what is null stays.</summary>
/// <param name="User">Whose account.</param>
/// <param name="Admin">Who changes it, and has to be an admin still when it is done.</param>
/// <param name="Tier">The tier to come.</param>
/// <param name="Disabled">Whether nothing is let in.</param>
/// <param name="Roles">All roles to come.</param>
public sealed record UserChange(Guid User, Guid Admin, string? Tier, bool? Disabled, string[]? Roles);

public enum UserChangeOutcome
{
    Changed,
    NotFound,

    /// <summary>Who wanted it is no admin any more: another admin was faster.</summary>
    NotAllowed,
}

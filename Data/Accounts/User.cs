using Microsoft.AspNetCore.Identity;

namespace Trading.Data.Accounts;

/// <summary>An account. Its e-mail address is its name.</summary>
public sealed class User : IdentityUser<Guid>
{
    public DateTime CreatedAt { get; init; }

    public string Tier { get; set; } = "free";

    /// <summary>Set by an admin: nothing is let in from then on.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>The secret of the second factor, encrypted; null where none was set up.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>The time step of the last code that was taken: no code is taken twice.</summary>
    public long LastTotpStep { get; set; }

    /// <summary>SHA-256 of each recovery code that is left.</summary>
    public string[] RecoveryCodes { get; set; } = [];
}

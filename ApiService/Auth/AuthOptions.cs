namespace Trading.ApiService.Auth;

/// <summary>How accounts are let in; section <c>Auth</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>Signs access tokens; at least 32 bytes. AppHost makes one up and keeps it.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>Keys that signed until lately: their tokens are taken until they end.</summary>
    public string[] PreviousSigningKeys { get; set; } = [];

    public string Issuer { get; set; } = "trading";

    public string Audience { get; set; } = "trading-api";

    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A session that is not refreshed for so long is over.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How old the knowledge that a session is open may be, where Redis does not tell of its end at once.</summary>
    public TimeSpan SessionCheckEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether an address has to be confirmed before its first login.</summary>
    public bool RequireConfirmedEmail { get; set; } = true;

    /// <summary>The web front end's address, for the links in mails.</summary>
    public string WebUrl { get; set; } = "http://localhost:5080";

    public string AdminEmail { get; set; } = "admin@localhost.local";

    /// <summary>Where the first admin's password is written, readable by its owner alone.</summary>
    public string AdminPasswordFile { get; set; } = "admin-password";

    /// <summary>Rounds of PBKDF2 with SHA-512; OWASP asks for 210,000.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Passwords that may wait to be hashed; more are told to come back.</summary>
    public int PasswordQueue { get; set; } = 64;

    /// <summary>Failures in a row before an account or an address has to wait.</summary>
    public int FailuresBeforeWait { get; set; } = 5;

    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(5);
}

namespace Trading.Contracts;

/// <summary>
/// What a webhook may be told of; a type is never given another meaning. A new one is a constant and a line in
/// <see cref="All"/>.
/// </summary>
public static class WebhookEventTypes
{
    /// <summary>A test that the owner asked for; it needs no subscription.</summary>
    public const string Ping = "ping";

    /// <summary>Somebody signed in.</summary>
    public const string LoginSucceeded = "login.succeeded";

    /// <summary>A sign-in was refused: password, code or account.</summary>
    public const string LoginRefused = "login.refused";

    /// <summary>A session was ended by its own user.</summary>
    public const string Logout = "logout";

    /// <summary>A session was ended from elsewhere, or with a change of the account.</summary>
    public const string SessionRevoked = "session.revoked";

    /// <summary>A refresh token came twice: one of its two holders stole it.</summary>
    public const string TokenReused = "token.reused";

    /// <summary>The password was changed by who knew it.</summary>
    public const string PasswordChanged = "password.changed";

    /// <summary>The password was set by a mailed link.</summary>
    public const string PasswordReset = "password.reset";

    /// <summary>The second factor, or its recovery codes, changed.</summary>
    public const string TwoFactorChanged = "two_factor.changed";

    /// <summary>An API key was made.</summary>
    public const string ApiKeyCreated = "api_key.created";

    /// <summary>An API key was ended.</summary>
    public const string ApiKeyRevoked = "api_key.revoked";

    /// <summary>An admin changed roles or tier, or disabled the account.</summary>
    public const string AccountChanged = "account.changed";

    /// <summary>A webhook was made, changed or removed, or its secret replaced.</summary>
    public const string WebhookChanged = "webhook.changed";

    /// <summary>A webhook was paused, as it had failed for long.</summary>
    public const string WebhookPaused = "webhook.paused";

    /// <summary>A signal was made of a bar that has just closed.</summary>
    public const string SignalCreated = "signal.created";

    /// <summary>A signal came to its end.</summary>
    public const string SignalResolved = "signal.resolved";

    /// <summary>What a webhook may subscribe to, and what each means.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [LoginSucceeded] = "Somebody signed in.",
        [LoginRefused] = "A sign-in was refused.",
        [Logout] = "A session was ended by its user.",
        [SessionRevoked] = "A session was ended from elsewhere.",
        [TokenReused] = "A refresh token came twice; its session ended.",
        [PasswordChanged] = "The password was changed.",
        [PasswordReset] = "The password was set by a mailed link.",
        [TwoFactorChanged] = "The second factor or its recovery codes changed.",
        [ApiKeyCreated] = "An API key was made.",
        [ApiKeyRevoked] = "An API key was ended.",
        [AccountChanged] = "An admin changed the account.",
        [WebhookChanged] = "A webhook was made, changed or removed.",
        [WebhookPaused] = "A webhook failed for long and was paused.",
        [SignalCreated] = "A signal was made of a bar that has just closed.",
        [SignalResolved] = "A signal came to its end.",
    };
}

namespace Trading.Contracts;

/// <summary>The roles of users. <see cref="Admin"/> may what each other role may.</summary>
public static class Roles
{
    /// <summary>Reads what a signed-in user may read; every new account has it.</summary>
    public const string Viewer = "viewer";

    /// <summary>Also keeps portfolios, journals and alerts.</summary>
    public const string Trader = "trader";

    /// <summary>Also runs models, backtests and custom indices.</summary>
    public const string Analyst = "analyst";

    /// <summary>Also operates the system: users, settings, monitoring, audit.</summary>
    public const string Admin = "admin";

    /// <summary>Every role.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Trader, Analyst, Admin];
}

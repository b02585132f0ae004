namespace Trading.Contracts;

/// <summary>The subscription tiers; they set how much a user may ask, never what.</summary>
public static class Tiers
{
    /// <summary>Every new account.</summary>
    public const string Free = "free";

    /// <summary>Higher limits.</summary>
    public const string Pro = "pro";

    /// <summary>The highest limits.</summary>
    public const string Enterprise = "enterprise";

    /// <summary>Every tier, lowest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Free, Pro, Enterprise];
}

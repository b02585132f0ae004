namespace Trading.ApiService.Strategies;

/// <summary>Whose a strategy is, as its reader sees it; lists are in this order.</summary>
internal static class StrategyKinds
{
    public const string Own = "own";
    public const string Shared = "shared";
    public const string BuiltIn = "built_in";

    public static IReadOnlyList<string> All { get; } = [Own, Shared, BuiltIn];
}

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>The rules of <c>size:</c>.</summary>
internal static class SizeRules
{
    public static IReadOnlyList<string> Names { get; } = ["risk", "equity", "cash", "units"];

    public static PositionSizeRule? Find(string name) => name switch
    {
        "risk" => PositionSizeRule.Risk,
        "equity" => PositionSizeRule.Equity,
        "cash" => PositionSizeRule.Cash,
        "units" => PositionSizeRule.Units,
        _ => null,
    };

    public static bool IsFraction(PositionSizeRule rule) => rule is PositionSizeRule.Risk or PositionSizeRule.Equity;
}

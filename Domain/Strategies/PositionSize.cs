namespace Trading.Domain.Strategies;

/// <summary>How a position's size follows from the account.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Amount">
/// A fraction of equity above 0 for <see cref="PositionSizeRule.Risk"/> and <see cref="PositionSizeRule.Equity"/>;
/// currency for <see cref="PositionSizeRule.Cash"/>; units for <see cref="PositionSizeRule.Units"/>.
/// </param>
public readonly record struct PositionSize(PositionSizeRule Rule, double Amount)
{
    /// <summary>All that the account has; over several instruments, an equal share for each.</summary>
    public static PositionSize AllEquity { get; } = new(PositionSizeRule.Equity, 1);
}

/// <summary>The rules of sizing.</summary>
public enum PositionSizeRule
{
    /// <summary>A fraction of equity, divided by the number of instruments.</summary>
    Equity,

    /// <summary>So much that a stop loses this fraction of equity; without a stop nothing is entered.</summary>
    Risk,

    /// <summary>An amount of currency.</summary>
    Cash,

    /// <summary>A number of units.</summary>
    Units,
}

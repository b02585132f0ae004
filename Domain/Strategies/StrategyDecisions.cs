namespace Trading.Domain.Strategies;

/// <summary>
/// What a strategy decides over the whole history of one instrument, one value per bar, each computed from that bar and
/// those before it alone.
/// </summary>
public sealed class StrategyDecisions
{
    /// <summary>What to do after each bar.</summary>
    public required ReadOnlyMemory<StrategyAction> Actions { get; init; }

    /// <summary>
    /// How far from the fill price the stop of an entry decided at a bar is, in the instrument's currency, above zero;
    /// NaN for none. Empty where the strategy knows no stops.
    /// </summary>
    public ReadOnlyMemory<double> StopDistance { get; init; }

    /// <summary>The same of the target.</summary>
    public ReadOnlyMemory<double> TargetDistance { get; init; }

    /// <summary>How many bars after its fill a position is closed, at that bar's close; null for never.</summary>
    public int? ExpiryBars { get; init; }

    /// <summary>How much is bought or sold short.</summary>
    public PositionSize Size { get; init; } = PositionSize.AllEquity;
}

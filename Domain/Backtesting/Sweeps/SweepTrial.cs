using Trading.Domain.Risk;

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>One combination of parameters over the whole history: what it would have been chosen by, in hindsight.
/// </summary>
public sealed record SweepTrial
{
    /// <summary>Its place in the sweep, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>A value for each of the strategy's parameters, in their order.</summary>
    public required IReadOnlyList<double> Arguments { get; init; }

    /// <summary>How the account did; null where the strategy does not allow the combination.</summary>
    public required PerformanceMetrics? Performance { get; init; }

    /// <summary>How its trades did; null where the strategy does not allow the combination.</summary>
    public required TradeMetrics? TradeMetrics { get; init; }

    /// <summary>The objective on each window's stretch to choose on; null where undefined.</summary>
    public required IReadOnlyList<double?> TrainScores { get; init; }
}

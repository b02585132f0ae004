namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>
/// The result of a sweep. The figure to believe is <see cref="OutOfSample"/>; the best trial is the best in hindsight.
/// </summary>
public sealed record SweepReport
{
    /// <summary>What was tried.</summary>
    public required SweepSettings Settings { get; init; }

    /// <summary>All trials, also those that the strategy does not allow, in their order.</summary>
    public required IReadOnlyList<SweepTrial> Trials { get; init; }

    /// <summary>How many were run: the N of the deflated Sharpe ratio.</summary>
    public required int TrialCount { get; init; }

    /// <summary>The best over the whole history, by its index; null where none has a score.</summary>
    public required int? Selected { get; init; }

    /// <summary>
    /// The probability that the best one's true Sharpe ratio is above zero, had it been the only trial.
    /// </summary>
    public required double? ProbabilisticSharpe { get; init; }

    /// <summary>The same against the best that as many trials without skill would reach.</summary>
    public required double? DeflatedSharpe { get; init; }

    /// <summary>The steps of walking forward, oldest first.</summary>
    public required IReadOnlyList<SweepWindow> Windows { get; init; }

    /// <summary>
    /// The account over all stretches that were tried on, one after the other with the money of the one before: each
    /// with parameters chosen before it began.
    /// </summary>
    public required BacktestReport OutOfSample { get; init; }
}

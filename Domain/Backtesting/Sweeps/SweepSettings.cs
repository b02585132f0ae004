namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>What a parameter sweep tries, and how it is held to data that it has not seen.</summary>
public sealed record SweepSettings
{
    /// <summary>The parameters that vary.</summary>
    public required IReadOnlyList<SweepAxis> Axes { get; init; }

    /// <summary>
    /// How many points of the grid are drawn at random, without repetition; null for the whole grid.
    /// </summary>
    public int? RandomTrials { get; init; }

    /// <summary>What fixes the draw.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>What the best has the most of.</summary>
    public SweepObjective Objective { get; init; } = SweepObjective.Sharpe;

    /// <summary>How many times the best on one stretch is tried on the stretch after it.</summary>
    public int Windows { get; init; } = 5;

    /// <summary>How much longer the stretch to choose on is than that to be tried on; both roll forward.</summary>
    public double TrainToTest { get; init; } = 3;

    /// <summary>The most combinations allowed.</summary>
    public const int MaxTrials = 100_000;

    /// <summary>The most points of a grid that trials are drawn from: up to here they are counted exactly.</summary>
    public const double MaxPoints = 9e15;
}

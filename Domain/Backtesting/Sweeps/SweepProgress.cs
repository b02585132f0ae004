namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>How far a sweep is.</summary>
/// <param name="Done">Trials done.</param>
/// <param name="Total">All trials.</param>
public readonly record struct SweepProgress(int Done, int Total);

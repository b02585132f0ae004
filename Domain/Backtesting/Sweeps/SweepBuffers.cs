using Trading.Domain.Risk;
using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>Memory of one thread of a sweep, used again for every trial.</summary>
internal sealed class SweepBuffers(int instruments, int days)
{
    public RunBuffers Run { get; } = new();

    public DailyEquity Daily { get; } = new();

    public double[] Scratch { get; } = new double[days];

    public StrategyDecisions[] Decisions { get; } = new StrategyDecisions[instruments];
}

using Trading.Domain.Strategies.Language.Binding;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>What is computed in which order, and how many columns are held at a time.</summary>
internal sealed record StrategyPlan(
    IReadOnlyList<PlanStep> Steps, int Registers, IReadOnlyList<Constant> Constants)
{
    /// <exception cref="ArgumentException">The history is too long to hold the columns.</exception>
    public PlanRun Run(PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken)
    {
        var bytes = (long)Registers * history.Count * sizeof(double);
        if (bytes > StrategyLimits.ColumnBytes)
        {
            throw new ArgumentException(
                $"The history is too long for the strategy, which holds {Registers} columns at a time: at most "
                + $"{StrategyLimits.ColumnBytes / sizeof(double) / Registers} bars.",
                nameof(history));
        }

        var constants = new double[Constants.Count];
        for (var index = 0; index < constants.Length; index++)
        {
            constants[index] = Constants[index].Evaluate(arguments);
        }

        using var run = new PlanRun(history, constants, Registers);
        foreach (var step in Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            step.Run(run);
        }

        return run;
    }
}

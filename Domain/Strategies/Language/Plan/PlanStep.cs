namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>Computes one column, or some, of others, over all bars.</summary>
internal abstract class PlanStep
{
    public abstract void Run(PlanRun run);
}

/// <summary>Where a step reads: a slot, or a constant.</summary>
internal readonly record struct StepSource(bool IsConstant, int Index);

using Trading.Domain.Indicators;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>All outputs of an indicator.</summary>
internal sealed class IndicatorStep(
    IndicatorDefinition definition, int[] arguments, int[] sources, int[] results) : PlanStep
{
    public override void Run(PlanRun run) => definition.Compute(
        Array.ConvertAll(arguments, run.ConstantAt),
        Array.ConvertAll(sources, run.Read),
        Array.ConvertAll(results, run.Write));
}

using System.Runtime.CompilerServices;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>Says what to do at the bars where a condition holds.</summary>
internal sealed class ActionStep(int condition, StrategyAction action) : PlanStep
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(PlanRun run)
    {
        var holds = run.Read(condition).Span;
        var actions = run.Actions.AsSpan();
        for (var bar = 0; bar < holds.Length && bar < actions.Length; bar++)
        {
            actions[bar] |= (StrategyAction)BitConverter.DoubleToUInt64Bits(holds[bar]) & action;
        }
    }
}

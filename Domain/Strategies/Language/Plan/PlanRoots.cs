namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>What a strategy asks of its columns.</summary>
/// <param name="Actions">The conditions, with what is done where they hold.</param>
/// <param name="Stop">The distance of the stop.</param>
/// <param name="Target">The distance of the target.</param>
internal sealed record PlanRoots(
    IReadOnlyList<(StrategyAction Action, int Condition)> Actions, PlanDistance? Stop, PlanDistance? Target)
{
    /// <summary>The columns among them.</summary>
    public IReadOnlyList<int> Columns { get; } =
    [
        .. Actions.Select(action => action.Condition),
        .. new[] { Stop, Target }.OfType<PlanDistance>()
            .Where(distance => !distance.Value.IsConstant).Select(distance => distance.Value.Index),
    ];
}

/// <summary>A distance from the fill price.</summary>
/// <param name="Value">The distance in currency, or the fraction.</param>
/// <param name="IsOfClose">True where it is a fraction of the close.</param>
internal sealed record PlanDistance(Operand Value, bool IsOfClose);

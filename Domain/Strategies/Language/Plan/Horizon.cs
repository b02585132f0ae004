namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>How far back columns reach.</summary>
internal static class Horizon
{
    /// <summary>The index of the first bar at which every one of the columns has a value.</summary>
    /// <param name="columns">Every column.</param>
    /// <param name="roots">Those that are asked for.</param>
    /// <param name="arguments">The parameters' values.</param>
    /// <param name="isSettled">True for the first at which it does not show any more where the history starts.</param>
    public static int Of(
        ColumnTable columns, IReadOnlyList<int> roots, ReadOnlySpan<double> arguments, bool isSettled)
    {
        var first = new long[columns.Shapes.Count];
        for (var column = 0; column < first.Length; column++)
        {
            first[column] = columns.Shapes[column] switch
            {
                ElementColumn element => Math.Max(At(first, element.Left), At(first, element.Right)),
                CrossColumn cross => Math.Max(At(first, cross.Left), At(first, cross.Right)) + 1,
                PastColumn past => first[past.Source] + (long)columns.Constants[past.Bars].Evaluate(arguments),
                IndicatorColumn indicator => Of(columns, indicator, first, arguments, isSettled),
                _ => 0,
            };
        }

        return (int)Math.Min(roots.Count == 0 ? 0 : roots.Max(root => first[root]), int.MaxValue);
    }

    private static long Of(
        ColumnTable columns,
        IndicatorColumn indicator,
        long[] first,
        ReadOnlySpan<double> arguments,
        bool isSettled)
    {
        var group = columns.Groups[indicator.Group];
        var values = group.ArgumentsFor(arguments);
        var own = group.Definition.FirstIndex(values, indicator.Output);
        own = isSettled ? Math.Max(own, group.Definition.WarmUp(values)) : own;
        return group.Sources.Max(source => first[source]) + own;
    }

    private static long At(long[] first, Operand operand) => operand.IsConstant ? 0 : first[operand.Index];
}

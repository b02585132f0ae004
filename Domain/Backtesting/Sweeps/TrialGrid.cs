using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>The combinations of parameters that a sweep tries.</summary>
internal static class TrialGrid
{
    /// <summary>A value for each of the strategy's parameters, for each trial; the last axis varies fastest.</summary>
    public static double[][] Of(ITradingStrategy strategy, SweepSettings settings)
    {
        var places = settings.Axes.Select(axis => Place(strategy, axis)).ToArray();
        if (places.Length == 0 || places.Distinct().Count() != places.Length)
        {
            throw new ArgumentException("A sweep needs a parameter to vary, and each only once.");
        }

        var points = settings.Axes.Aggregate(1.0, (product, axis) => product * axis.Count);
        var trials = Math.Min(points, settings.RandomTrials ?? points);
        if (points > SweepSettings.MaxPoints || trials is < 1 or > SweepSettings.MaxTrials)
        {
            throw new ArgumentException(
                $"A sweep has 1 to {SweepSettings.MaxTrials} trials: use larger steps, or draw some at random.");
        }

        var chosen = trials < points ? Draw((long)points, (int)trials, settings.Seed) : All((int)points);
        return [.. chosen.Select(point => Arguments(strategy, settings.Axes, places, point))];
    }

    private static int Place(ITradingStrategy strategy, SweepAxis axis)
    {
        var parameters = strategy.Parameters;
        for (var place = 0; place < parameters.Count; place++)
        {
            if (parameters[place].Name == axis.Name)
            {
                Check(parameters[place], axis);
                return place;
            }
        }

        throw new ArgumentException($"{strategy.Name} has no parameter {axis.Name}.");
    }

    private static void Check(StrategyParameter parameter, SweepAxis axis)
    {
        if (!(axis.Step > 0) || !(axis.To >= axis.From) || !double.IsFinite(axis.To - axis.From)
            || !((axis.To - axis.From) / axis.Step < SweepSettings.MaxTrials))
        {
            throw new ArgumentException(
                $"{axis.Name} needs a step above 0, an end not below its start, and fewer values.");
        }

        if (axis.From < parameter.Minimum || axis.Value(axis.Count - 1) > parameter.Maximum)
        {
            throw new ArgumentException(
                $"{axis.Name} must stay from {parameter.Minimum} to {parameter.Maximum}.");
        }

        if (parameter.IsInteger && (axis.From != Math.Floor(axis.From) || axis.Step != Math.Floor(axis.Step)))
        {
            throw new ArgumentException($"{axis.Name} counts bars: its start and its step must be integers.");
        }
    }

    private static IEnumerable<long> All(int points) => Enumerable.Range(0, points).Select(point => (long)point);

    /// <summary>Different points, in the grid's order (R. Floyd's sampling, in Bentley, 1987).</summary>
    private static SortedSet<long> Draw(long points, int count, long seed)
    {
        var random = new SeededRandom(seed, "sweep");
        var drawn = new SortedSet<long>();
        for (var last = points - count; last < points; last++)
        {
            var point = (long)Math.BigMul(random.Next(), (ulong)(last + 1), out _);
            if (!drawn.Add(point))
            {
                drawn.Add(last);
            }
        }

        return drawn;
    }

    private static double[] Arguments(
        ITradingStrategy strategy, IReadOnlyList<SweepAxis> axes, int[] places, long point)
    {
        double[] arguments = [.. strategy.Parameters.Select(parameter => parameter.Default)];
        for (var axis = axes.Count - 1; axis >= 0; axis--)
        {
            (point, var index) = Math.DivRem(point, axes[axis].Count);
            arguments[places[axis]] = axes[axis].Value((int)index);
        }

        return arguments;
    }
}

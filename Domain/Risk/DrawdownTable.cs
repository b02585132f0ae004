namespace Trading.Domain.Risk;

/// <summary>The falls of an account from its peaks.</summary>
public static class DrawdownTable
{
    /// <summary>The deepest fall, a negative fraction of its peak or zero, and the highest peak.</summary>
    /// <param name="initial">What the account was worth before the first value: the first peak; above zero.</param>
    /// <param name="equity">What it was worth then.</param>
    public static (double Deepest, double Peak) Maximum(double initial, ReadOnlySpan<double> equity)
    {
        var (peak, valley, deepest) = (initial, initial, 0.0);
        foreach (var value in equity)
        {
            if (value < valley)
            {
                valley = value;
            }
            else if (value > peak)
            {
                // A rise from peak to peak has no valley.
                deepest = valley < peak ? Math.Min(deepest, (valley / peak) - 1) : deepest;
                (peak, valley) = (value, value);
            }
        }

        return (Math.Min(deepest, (valley / peak) - 1), peak);
    }

    /// <summary>The deepest falls, deepest first, of equals the earlier.</summary>
    /// <param name="initial">What the account was worth before the first value.</param>
    /// <param name="times">When it was measured, ascending.</param>
    /// <param name="equity">What it was worth then.</param>
    /// <param name="count">How many falls at most.</param>
    public static IReadOnlyList<Drawdown> Deepest(
        double initial, ReadOnlySpan<DateTime> times, ReadOnlySpan<double> equity, int count)
    {
        var found = new List<Drawdown>(count + 1);
        var (peak, peakAt, valley, valleyAt) = (initial, 0, initial, 0);
        for (var index = 0; index < equity.Length; index++)
        {
            if (equity[index] < valley)
            {
                (valley, valleyAt) = (equity[index], index);
            }
            else if (equity[index] >= peak)
            {
                if (valley < peak)
                {
                    Keep(found, count, times, peakAt, valleyAt, index, (valley / peak) - 1);
                }

                (peak, peakAt, valley, valleyAt) = (equity[index], index, equity[index], index);
            }
        }

        Keep(found, count, times, peakAt, valleyAt, -1, (valley / peak) - 1);
        return found;
    }

    private static void Keep(
        List<Drawdown> found,
        int count,
        ReadOnlySpan<DateTime> times,
        int peak,
        int valley,
        int recovery,
        double depth)
    {
        if (depth >= 0 || (found.Count == count && found[^1].Depth <= depth))
        {
            return;
        }

        DateTime? recoveredAt = recovery < 0 ? null : times[recovery];
        var days = ((recoveredAt ?? times[^1]) - times[peak]).TotalDays;
        var place = found.FindIndex(known => known.Depth > depth);
        found.Insert(place < 0 ? found.Count : place, new(times[peak], times[valley], recoveredAt, depth, days));
        if (found.Count > count)
        {
            found.RemoveAt(count);
        }
    }
}

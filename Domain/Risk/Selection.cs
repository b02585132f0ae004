namespace Trading.Domain.Risk;

/// <summary>Finds the lowest values without sorting all of them.</summary>
internal static class Selection
{
    private const int Small = 32;

    /// <summary>
    /// Moves the lowest values, and all that equal the highest of them, to the front, ascending (Hoare, 1961).
    /// </summary>
    public static void Lowest(Span<double> values, int count)
    {
        var end = values.Length;
        while (end > Math.Max(2 * count, Small))
        {
            var split = Partition(values[..end]);
            if (split < count)
            {
                break;
            }

            end = split;
        }

        values[..end].Sort();
    }

    /// <summary>Leaves what is at most a pivot in front; returns how many those are, fewer than all, or 0.</summary>
    private static int Partition(Span<double> values)
    {
        var pivot = Median(values[0], values[values.Length / 2], values[^1]);
        var kept = 0;
        for (var index = 0; index < values.Length; index++)
        {
            var value = values[index];
            if (value <= pivot)
            {
                (values[index], values[kept]) = (values[kept], value);
                kept++;
            }
        }

        return kept < values.Length ? kept : 0;
    }

    private static double Median(double a, double b, double c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}

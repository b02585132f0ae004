namespace Trading.Domain.Signals;

/// <summary>A share that was counted, and where the true one is with 95 % confidence (Wilson, 1927).</summary>
/// <param name="Count">What was looked at.</param>
/// <param name="Share">The share that had it, 0 to 1; null of nothing.</param>
/// <param name="Low">The lower end; null of nothing.</param>
/// <param name="High">The upper end; null of nothing.</param>
public readonly record struct ShareInterval(int Count, double? Share, double? Low, double? High)
{
    private const double Z = 1.959963984540054;

    /// <summary>Counts a share.</summary>
    /// <param name="had">How many had it, 0 to <paramref name="count"/>.</param>
    /// <param name="count">Of how many.</param>
    public static ShareInterval Of(int had, int count)
    {
        if (count == 0)
        {
            return new ShareInterval(0, null, null, null);
        }

        var share = (double)had / count;
        var scale = 1 + (Z * Z / count);
        var middle = (share + (Z * Z / (2 * count))) / scale;
        var half = Z / scale * Math.Sqrt((share * (1 - share) / count) + (Z * Z / (4.0 * count * count)));
        return new ShareInterval(count, share, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}

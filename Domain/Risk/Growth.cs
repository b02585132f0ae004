namespace Trading.Domain.Risk;

/// <summary>How an amount grew.</summary>
public static class Growth
{
    /// <summary>
    /// The compound growth a year: (end / start)^(365 / actual days) - 1. Null within one day, and where nothing was
    /// left or the result is beyond numbers.
    /// </summary>
    /// <param name="start">The amount at the start, above zero.</param>
    /// <param name="end">The amount at the end.</param>
    /// <param name="days">The actual days between.</param>
    public static double? Cagr(double start, double end, double days)
    {
        if (!(days >= 1) || !(start > 0) || !(end > 0))
        {
            return null;
        }

        var growth = Math.Pow(end / start, 365 / days) - 1;
        return double.IsFinite(growth) ? growth : null;
    }
}

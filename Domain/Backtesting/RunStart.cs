namespace Trading.Domain.Backtesting;

/// <summary>The bar from which on an account counts.</summary>
internal static class RunStart
{
    public static int Index(ReadOnlySpan<DateTime> times, DateTime? from)
    {
        if (from is not { } earliest)
        {
            return 0;
        }

        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = times[middle] < earliest ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

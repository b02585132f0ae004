namespace Trading.Domain.Signals;

/// <summary>
/// The trend of the next longer interval, built from the bars themselves: weeks from days, UTC days from hours, hours
/// from anything shorter. At each bar its EMA of 10 over the closes of the longer bars before, and this bar's close as
/// that of the longer bar under way, so nothing later than the bar is known.
/// </summary>
internal static class HigherInterval
{
    public const int Period = 10;

    private const int GapsLookedAt = 10;
    private const double Alpha = 2.0 / (Period + 1);

    /// <summary>The length of the longer bar, in ticks; from the shortest of the first gaps.</summary>
    public static long LengthFor(ReadOnlySpan<DateTime> times)
    {
        var shortest = long.MaxValue;
        for (var index = 1; index < times.Length && index <= GapsLookedAt; index++)
        {
            shortest = Math.Min(shortest, times[index].Ticks - times[index - 1].Ticks);
        }

        return shortest >= TimeSpan.TicksPerHour * 20 ? TimeSpan.TicksPerDay * 7
            : shortest >= TimeSpan.TicksPerMinute * 30 ? TimeSpan.TicksPerDay
            : TimeSpan.TicksPerHour;
    }

    /// <summary>Fills in the averages, NaN until there are enough longer bars.</summary>
    public static void Compute(ReadOnlySpan<DateTime> times, ReadOnlySpan<double> close, Span<double> average)
    {
        var length = LengthFor(times);
        var (ema, sum, count) = (double.NaN, 0.0, 0);
        for (var index = 0; index < times.Length; index++)
        {
            // A bar is stamped with its close: one that ends with the week belongs to it. Weeks begin on Mondays,
            // as 0001-01-01 was one.
            if (index > 0 && (times[index].Ticks - 1) / length != (times[index - 1].Ticks - 1) / length)
            {
                var closed = close[index - 1];
                sum += closed;
                ema = ++count < Period ? double.NaN
                    : count == Period ? sum / Period : ema + (Alpha * (closed - ema));
            }

            average[index] = ema + (Alpha * (close[index] - ema));
        }
    }
}

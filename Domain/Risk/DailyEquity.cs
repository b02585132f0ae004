using Trading.Domain.Market;

namespace Trading.Domain.Risk;

/// <summary>
/// Equity at the last bar of each calendar day (UTC), and the returns between. A bar that closes at midnight is of the
/// day that ends then.
/// </summary>
public sealed class DailyEquity
{
    private DateTime[] _times = [];
    private double[] _equity = [];
    private double[] _invested = [];
    private double[] _returns = [];

    internal DailyEquity()
    {
    }

    /// <summary>How many days have bars.</summary>
    public int Count { get; private set; }

    /// <summary>When the last bar of each day closed.</summary>
    public ReadOnlySpan<DateTime> Times => _times.AsSpan(0, Count);

    /// <summary>What the account was worth then.</summary>
    public ReadOnlySpan<double> Equity => _equity.AsSpan(0, Count);

    /// <summary>The value of all positions then.</summary>
    public ReadOnlySpan<double> Invested => _invested.AsSpan(0, Count);

    /// <summary>
    /// The simple return of each day; the first over the initial equity. Zero after a day that left nothing.
    /// </summary>
    public ReadOnlySpan<double> Returns => _returns.AsSpan(0, Count);

    /// <summary>Reduces a series.</summary>
    /// <param name="initial">What the account was worth before the first bar.</param>
    /// <param name="times">When bars closed, UTC, ascending.</param>
    /// <param name="equity">What it was worth then.</param>
    /// <param name="invested">The value of all positions then; empty where it is not known.</param>
    public static DailyEquity Of(
        double initial,
        ReadOnlySpan<DateTime> times,
        ReadOnlySpan<double> equity,
        ReadOnlySpan<double> invested = default)
    {
        var daily = new DailyEquity();
        daily.Load(initial, times, equity, invested);
        return daily;
    }

    internal void Load(
        double initial, ReadOnlySpan<DateTime> times, ReadOnlySpan<double> equity, ReadOnlySpan<double> invested)
    {
        Reserve(times);
        var count = 0;
        for (var bar = 0; bar < times.Length;)
        {
            bar = EndOfDay(times, bar);
            _times[count] = times[bar - 1];
            _equity[count] = equity[bar - 1];
            _invested[count] = invested.IsEmpty ? 0 : invested[bar - 1];
            count++;
        }

        Count = count;
        var before = initial;
        for (var day = 0; day < count; day++)
        {
            _returns[day] = before > 0 ? (_equity[day] / before) - 1 : 0;
            before = _equity[day];
        }
    }

    private static int EndOfDay(ReadOnlySpan<DateTime> times, int bar)
    {
        // In steps that grow, and back to the middle: a day may have one bar or many.
        var midnight = BarDay.Of(times[bar]).AddDays(1);
        var step = 1;
        while (bar + step < times.Length && times[bar + step] <= midnight)
        {
            bar += step;
            step *= 2;
        }

        var (low, high) = (bar + 1, Math.Min(bar + step, times.Length));
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = times[middle] <= midnight ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Reserve(ReadOnlySpan<DateTime> times)
    {
        var days = times.IsEmpty
            ? 0
            : (int)Math.Min(times.Length, (BarDay.Of(times[^1]) - BarDay.Of(times[0])).TotalDays + 1);
        if (_times.Length < days)
        {
            (_times, _equity, _invested, _returns) =
                (new DateTime[days], new double[days], new double[days], new double[days]);
        }
    }
}

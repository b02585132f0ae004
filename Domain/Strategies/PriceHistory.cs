using Trading.Domain.Market;

namespace Trading.Domain.Strategies;

/// <summary>
/// The bars of one instrument as columns of equal length, oldest first. Prices are split-adjusted: a strategy reads
/// them, and orders are filled at them.
/// </summary>
public sealed class PriceHistory
{
    /// <summary>Creates a history of columns; they are not copied.</summary>
    /// <param name="times">When each bar closed, UTC, ascending.</param>
    /// <param name="open">First prices.</param>
    /// <param name="high">Highest prices.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="volume">Units traded.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public PriceHistory(
        ReadOnlyMemory<DateTime> times,
        ReadOnlyMemory<double> open,
        ReadOnlyMemory<double> high,
        ReadOnlyMemory<double> low,
        ReadOnlyMemory<double> close,
        ReadOnlyMemory<double> volume)
    {
        var count = times.Length;
        if (open.Length != count || high.Length != count || low.Length != count || close.Length != count
            || volume.Length != count)
        {
            throw new ArgumentException($"Every column needs {count} values, one for each time.");
        }

        (Times, Open, High, Low, Close, Volume) = (times, open, high, low, close, volume);
    }

    /// <summary>When each bar closed, UTC, ascending.</summary>
    public ReadOnlyMemory<DateTime> Times { get; }

    /// <summary>First prices.</summary>
    public ReadOnlyMemory<double> Open { get; }

    /// <summary>Highest prices.</summary>
    public ReadOnlyMemory<double> High { get; }

    /// <summary>Lowest prices.</summary>
    public ReadOnlyMemory<double> Low { get; }

    /// <summary>Last prices.</summary>
    public ReadOnlyMemory<double> Close { get; }

    /// <summary>Units traded.</summary>
    public ReadOnlyMemory<double> Volume { get; }

    /// <summary>How many bars there are.</summary>
    public int Count => Times.Length;

    /// <summary>Turns bars into columns.</summary>
    /// <param name="bars">The bars, oldest first.</param>
    public static PriceHistory Of(ReadOnlySpan<Bar> bars)
    {
        var times = new DateTime[bars.Length];
        var columns = new double[5][];
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column] = new double[bars.Length];
        }

        for (var index = 0; index < bars.Length; index++)
        {
            var bar = bars[index];
            times[index] = bar.Time;
            columns[0][index] = bar.Open;
            columns[1][index] = bar.High;
            columns[2][index] = bar.Low;
            columns[3][index] = bar.Close;
            columns[4][index] = bar.Volume;
        }

        return new(times, columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    /// <summary>Some of the bars, over the same memory.</summary>
    /// <param name="start">The index of the first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many.</exception>
    public PriceHistory Slice(int start, int count) => new(
        Times.Slice(start, count),
        Open.Slice(start, count),
        High.Slice(start, count),
        Low.Slice(start, count),
        Close.Slice(start, count),
        Volume.Slice(start, count));
}

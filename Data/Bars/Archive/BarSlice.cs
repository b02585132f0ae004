using System.Globalization;
using Trading.Domain.Market;

namespace Trading.Data.Bars.Archive;

/// <summary>Bars that are put into one file: a month of minutes, or a year of days.</summary>
/// <param name="Interval">Their length.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant after the last.</param>
public sealed record BarSlice(BarInterval Interval, DateTime From, DateTime To)
{
    private const string MonthFormat = "yyyy_MM";

    /// <summary>Names the file; of minutes it is the name of their partition.</summary>
    public string Name => Interval.IsDaily
        ? string.Create(CultureInfo.InvariantCulture, $"{BarTable.Daily}_{From.Year:0000}")
        : string.Create(CultureInfo.InvariantCulture, $"{BarTable.Minute}_{From.ToString(MonthFormat, CultureInfo.InvariantCulture)}");

    internal static BarSlice MonthOf(DateTime time)
    {
        var first = new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        return new BarSlice(BarInterval.OneMinute, first, first.AddMonths(1));
    }

    internal static BarSlice YearOf(DateTime time)
    {
        var first = new DateTime(time.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return new BarSlice(BarInterval.OneDay, first, first.AddYears(1));
    }

    /// <summary>Null where the name is that of no month, as the default partition's.</summary>
    internal static BarSlice? OfPartition(string name) => DateTime.TryParseExact(
        name.AsSpan(Math.Min(name.Length, BarTable.Minute.Length + 1)),
        MonthFormat,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var month)
        ? MonthOf(month)
        : null;
}

using Trading.Domain.Market;

namespace Trading.Data.Bars;

/// <summary>The two tables of bars have the same columns; what is said of them in SQL is said here once.</summary>
internal static class BarTable
{
    public const string Daily = "daily_bars";
    public const string Minute = "minute_bars";
    public const string Columns = "instrument_id, time, open, high, low, close, volume, source";

    /// <summary>Sources whose bars never overwrite the others.</summary>
    public static readonly string SyntheticSources = string.Join(
        ", ", Enum.GetValues<BarSource>().Where(source => source.IsSynthetic()).Select(source => (short)source));

    public static string Of(BarInterval interval) => interval.IsDaily ? Daily : Minute;
}

using Npgsql;
using NpgsqlTypes;
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

    /// <summary>Writes the row in the order of <see cref="Columns"/>.</summary>
    public static void Write(NpgsqlBinaryImporter copy, in InstrumentBar row)
    {
        copy.StartRow();
        copy.Write(row.InstrumentId, NpgsqlDbType.Integer);
        copy.Write(row.Bar.Time, NpgsqlDbType.TimestampTz);
        copy.Write(row.Bar.Open, NpgsqlDbType.Double);
        copy.Write(row.Bar.High, NpgsqlDbType.Double);
        copy.Write(row.Bar.Low, NpgsqlDbType.Double);
        copy.Write(row.Bar.Close, NpgsqlDbType.Double);
        copy.Write(row.Bar.Volume, NpgsqlDbType.Double);
        copy.Write((short)row.Source, NpgsqlDbType.Smallint);
    }
}

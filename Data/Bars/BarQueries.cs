using Npgsql;
using Trading.Domain.Market;

namespace Trading.Data.Bars;

/// <summary>The reads; each is a range scan of the primary key (instrument_id, time).</summary>
internal static class BarQueries
{
    private const string Selected = "time, open, high, low, close, volume, source";

    public static NpgsqlCommand Stored(
        NpgsqlConnection connection, BarInterval interval, int instrumentId, BarRange range, int limit)
    {
        var command = new NpgsqlCommand(
            $"""
            SELECT {Selected} FROM {BarTable.Of(interval)}
            WHERE instrument_id = $1 AND time >= $2 AND time <= $3 AND time > $4
            ORDER BY time LIMIT $5
            """,
            connection);
        Add(command, instrumentId, range.Earliest, range.Latest, range.Previous, limit);
        return command;
    }

    /// <summary>
    /// Longer bars from minutes. The inner limit keeps a page from reading a year: as many minutes as the page's bars
    /// can hold. Where any minute is synthetic the bar is; those sources have the higher numbers.
    /// </summary>
    public static NpgsqlCommand Built(
        NpgsqlConnection connection, BarInterval interval, int instrumentId, BarRange range, int limit)
    {
        var minutes = range.OfMinutes(interval.Length);
        var command = new NpgsqlCommand(
            $"""
            SELECT closing AS time, (array_agg(open ORDER BY time))[1], max(high), min(low),
                   (array_agg(close ORDER BY time DESC))[1], sum(volume), max(source)
            FROM (
                SELECT {Selected},
                       date_bin($6, time - interval '1 microsecond', '2000-01-01Z'::timestamptz) + $6 AS closing
                FROM minute_bars
                WHERE instrument_id = $1 AND time <= $2 AND time > $3
                ORDER BY time LIMIT $4
            ) AS minutes
            GROUP BY closing ORDER BY closing LIMIT $5
            """,
            connection);
        var most = Math.Min((long)limit * (long)interval.Length.TotalMinutes, int.MaxValue);
        Add(command, instrumentId, minutes.Latest, minutes.Previous, most, limit, interval.Length);
        return command;
    }

    public static NpgsqlCommand Last(NpgsqlConnection connection, BarInterval interval, int instrumentId, int count)
    {
        if (!interval.IsDaily && interval != BarInterval.OneMinute)
        {
            throw new ArgumentException($"Bars of {interval.Code} are not stored.", nameof(interval));
        }

        var command = new NpgsqlCommand(
            $"""
            SELECT * FROM (
                SELECT {Selected} FROM {BarTable.Of(interval)} WHERE instrument_id = $1 ORDER BY time DESC LIMIT $2
            ) AS newest ORDER BY time
            """,
            connection);
        Add(command, instrumentId, count);
        return command;
    }

    public static NpgsqlCommand LatestDaily(NpgsqlConnection connection, DateTime? before)
    {
        var command = new NpgsqlCommand(
            $"""
            SELECT newest.*, instruments.id FROM instruments CROSS JOIN LATERAL (
                SELECT {Selected} FROM daily_bars
                WHERE instrument_id = instruments.id AND time < $1 ORDER BY time DESC LIMIT 1
            ) AS newest ORDER BY instruments.id
            """,
            connection);
        Add(command, before ?? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc));
        return command;
    }

    public static Bar BarOf(NpgsqlDataReader row) => new(
        row.GetDateTime(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4), row.GetDouble(5));

    public static BarSource SourceOf(NpgsqlDataReader row) => (BarSource)row.GetInt16(6);

    private static void Add(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
    }
}

using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore.Migrations;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.Data.Migrations;

/// <summary>
/// Daily bars carry the close of their session. Until there were calendars it was taken to be the regular one of today:
/// wrong where a session closed early, in Tokyo before November 2024, and in Frankfurt from 2000 to 2003.
/// </summary>
internal static class SessionCloseTimes
{
    private static readonly DateOnly _last = new(2030, 12, 31);

    // What was taken for the close of every session.
    private static readonly Dictionary<string, string> _closes = new()
    {
        ["XNYS"] = "16:00",
        ["XNAS"] = "16:00",
        ["XLON"] = "16:30",
        ["XETR"] = "17:30",
        ["XSWX"] = "17:30",
        ["XTKS"] = "15:30",
        ["XTSE"] = "16:00",
    };

    public static void Correct(MigrationBuilder migration) => Move(migration, "stored", "correct");

    public static void Undo(MigrationBuilder migration) => Move(migration, "correct", "stored");

    private static void Move(MigrationBuilder migration, string from, string to)
    {
        migration.Sql(
            """
            CREATE TEMPORARY TABLE moved_closes (
                exchange text, stored timestamptz, correct timestamptz, PRIMARY KEY (exchange, stored)
            ) ON COMMIT DROP;
            """);
        migration.Sql(EarlyCloses());
        migration.Sql(ChangedHours("XTKS", "Asia/Tokyo", "1980-01-01", "2024-11-04", "15:30", "15:00"));
        migration.Sql(ChangedHours("XETR", "Europe/Berlin", "2000-06-02", "2003-10-31", "17:30", "20:00"));
        migration.Sql("ANALYZE moved_closes;");
        MoveColumn(migration, "daily_bars", "time", from, to, daily: false);
        MoveColumn(migration, "anomalies", "time", from, to);
        MoveColumn(migration, "signals", "time", from, to);
        MoveColumn(migration, "signals", "expires_at", from, to);
        MoveColumn(migration, "signals", "resolved_at", from, to);
        MoveColumn(migration, "signal_progress", "bar_time", from, to);
        MoveColumn(migration, "signal_progress", "previous_time", from, to);
        migration.Sql("DROP TABLE moved_closes;");
    }

    private static void MoveColumn(
        MigrationBuilder migration, string table, string column, string from, string to, bool daily = true) =>
        migration.Sql(
            $"""
            UPDATE {table} AS moved SET {column} = closes.{to}
            FROM instruments JOIN moved_closes AS closes ON closes.exchange = instruments.exchange
            WHERE moved.instrument_id = instruments.id AND moved.{column} = closes.{from}
            {(daily ? "AND moved.interval = '1d'" : "")};
            """);

    private static string EarlyCloses()
    {
        var rows = new StringBuilder();
        foreach (var exchange in Exchange.All.Where(exchange => _closes.ContainsKey(exchange.Code)))
        {
            foreach (var early in TradingCalendar.Of(exchange).EarlyCloses(TradingCalendar.First, _last))
            {
                rows.Append(rows.Length == 0 ? "" : ",\n").Append(
                    CultureInfo.InvariantCulture,
                    $"('{exchange.Code}', '{exchange.TimeZoneId}', date '{early.Date:yyyy-MM-dd}', "
                    + $"time '{_closes[exchange.Code]}', time '{early.Close:hh\\:mm}')");
            }
        }

        return $"""
            INSERT INTO moved_closes
            SELECT exchange, (session + regular) AT TIME ZONE zone, (session + early) AT TIME ZONE zone
            FROM (VALUES
            {rows}
            ) AS known (exchange, zone, session, regular, early);
            """;
    }

    private static string ChangedHours(
        string exchange, string zone, string first, string last, string stored, string correct) =>
        $"""
        INSERT INTO moved_closes
        SELECT '{exchange}', (session::date + time '{stored}') AT TIME ZONE '{zone}',
               (session::date + time '{correct}') AT TIME ZONE '{zone}'
        FROM generate_series(timestamp '{first}', timestamp '{last}', interval '1 day') AS session
        ON CONFLICT DO NOTHING;
        """;
}

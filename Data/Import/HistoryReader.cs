using Npgsql;
using NpgsqlTypes;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>Reads what is stored of the instruments of a file.</summary>
internal static class HistoryReader
{
    /// <summary>By ticker: the last real bar before the file's first, and the corporate actions.</summary>
    public static async Task<Dictionary<string, StoredHistory>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<TickerRows> tickers,
        Dictionary<string, KnownInstrument> known,
        CancellationToken cancellationToken)
    {
        var stored = tickers.Where(rows => rows.Bars.Count > 0 && known.ContainsKey(rows.Ticker)).ToList();
        var ids = stored.ConvertAll(rows => known[rows.Ticker].Id);
        var firsts = stored.ConvertAll(rows => rows.Bars.Min(bar => bar.Session));
        var starts = stored.Zip(firsts, (rows, first) => SessionCloses.Of(known[rows.Ticker].Exchange, first)).ToList();
        var actions = await ActionsAsync(connection, ids, cancellationToken);
        var closes = await LastClosesAsync(connection, ids, starts, cancellationToken);
        var doubted = await DoubtedAsync(connection, stored.ConvertAll(rows => rows.Ticker), firsts, cancellationToken);
        return stored.ToDictionary(rows => rows.Ticker, rows =>
        {
            var (id, exchange) = known[rows.Ticker];
            StoredClose? last = closes.TryGetValue(id, out var close)
                ? new StoredClose(SessionCloses.SessionOf(exchange, close.Time), close.Close)
                : null;
            return new StoredHistory(last, doubted.GetValueOrDefault(rows.Ticker), [.. actions[id]]);
        });
    }

    /// <summary>Instruments that have a bar, of any source, between the first and the last of their series.</summary>
    public static async Task<HashSet<int>> OccupiedAsync(
        NpgsqlConnection connection, List<DatedSeries> series, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT id FROM unnest($1, $2, $3) AS span (id, first, last)
            WHERE EXISTS (
                SELECT FROM daily_bars WHERE instrument_id = span.id AND time BETWEEN span.first AND span.last)
            """,
            connection);
        command.Parameters.Add(new() { Value = series.ConvertAll(one => one.InstrumentId) });
        command.Parameters.Add(Times(series.ConvertAll(one => one.First)));
        command.Parameters.Add(Times(series.ConvertAll(one => one.Last)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var occupied = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            occupied.Add(reader.GetInt32(0));
        }

        return occupied;
    }

    private static async Task<Dictionary<int, (DateTime Time, double Close)>> LastClosesAsync(
        NpgsqlConnection connection, List<int> ids, List<DateTime> starts, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT id, last.time, last.close FROM unnest($1, $2) AS series (id, start) CROSS JOIN LATERAL (
                SELECT time, close FROM daily_bars
                WHERE instrument_id = series.id AND time < series.start
                  AND source NOT IN ({BarTable.SyntheticSources})
                ORDER BY time DESC LIMIT 1
            ) AS last
            """,
            connection);
        command.Parameters.Add(new() { Value = ids });
        command.Parameters.Add(Times(starts));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var closes = new Dictionary<int, (DateTime, double)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            closes.Add(reader.GetInt32(0), (reader.GetDateTime(1), reader.GetDouble(2)));
        }

        return closes;
    }

    /// <summary>
    /// By ticker: the newest close before the file's first that was quarantined. Without it, files of one day each
    /// would be quarantined one after the other once the level has changed.
    /// </summary>
    private static async Task<Dictionary<string, StoredClose?>> DoubtedAsync(
        NpgsqlConnection connection, List<string> tickers, List<DateOnly> firsts, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT ticker, content, first FROM import_rejections
            JOIN unnest($1, $2) AS series (name, first) ON ticker = name WHERE quarantined
            """,
            connection);
        command.Parameters.Add(new() { Value = tickers });
        command.Parameters.Add(new() { Value = firsts });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var doubted = new Dictionary<string, StoredClose?>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            var ticker = reader.GetString(0);
            var first = await reader.GetFieldValueAsync<DateOnly>(2, cancellationToken);
            if (BarContent.Read(reader.GetString(1)) is { } close && close.Session < first
                && !(doubted.GetValueOrDefault(ticker)?.Session > close.Session))
            {
                doubted[ticker] = close;
            }
        }

        return doubted;
    }

    public static async Task<ILookup<int, CorporateAction>> ActionsAsync(
        NpgsqlConnection connection, List<int> ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT instrument_id, ex_date, kind, value FROM corporate_actions WHERE instrument_id = ANY($1) AND NOT withdrawn",
            connection);
        command.Parameters.Add(new() { Value = ids });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var actions = new List<(int Id, CorporateAction Action)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var exDate = await reader.GetFieldValueAsync<DateOnly>(1, cancellationToken);
            var kind = (CorporateActionKind)reader.GetInt16(2);
            actions.Add((reader.GetInt32(0), new CorporateAction(exDate, kind, reader.GetDouble(3))));
        }

        return actions.ToLookup(row => row.Id, row => row.Action);
    }

    private static NpgsqlParameter Times(List<DateTime> times) =>
        new() { Value = times, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
}

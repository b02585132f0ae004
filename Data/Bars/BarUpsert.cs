using Npgsql;

namespace Trading.Data.Bars;

/// <summary>Writes bars through a staging table: COPY is the fastest way in, but cannot resolve conflicts.</summary>
internal static class BarUpsert
{
    private const int RowsPerWrite = 512;

    public static async Task RunAsync(
        NpgsqlConnection connection,
        string table,
        IReadOnlyList<InstrumentBar> bars,
        CancellationToken cancellationToken)
    {
        if (bars.Count == 0)
        {
            return;
        }

        var staging = $"staged_{table}";
        await using (var create = new NpgsqlCommand(StagingSql(table, staging), connection))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await CopyAsync(connection, staging, NewestOfEach(bars), cancellationToken);
        await using var merge = new NpgsqlCommand(MergeSql(table, staging), connection);
        await merge.ExecuteNonQueryAsync(cancellationToken);
    }

    public static string StagingSql(string table, string staging) =>
        $"CREATE TEMP TABLE {staging} ON COMMIT DROP AS SELECT {BarTable.Columns} FROM {table} WITH NO DATA";

    /// <summary>
    /// Only rows that differ are written: ON CONFLICT alone would lock, and so rewrite, every unchanged row.
    /// Rows go in by key, so that two writers cannot wait for each other.
    /// </summary>
    public static string MergeSql(string table, string staging) =>
        $"""
        INSERT INTO {table} AS kept ({BarTable.Columns})
        SELECT {Prefixed("new")} FROM {staging} AS new
        LEFT JOIN {table} AS old ON old.instrument_id = new.instrument_id AND old.time = new.time
        WHERE old.instrument_id IS NULL OR ({Wins("new", "old")})
        ORDER BY new.instrument_id, new.time
        ON CONFLICT (instrument_id, time) DO UPDATE SET
            open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, source = excluded.source
        WHERE {Wins("excluded", "kept")}
        """;

    /// <summary>How many rows a merge will add, and how many it will change.</summary>
    public static string CountSql(string table, string staging) =>
        $"""
        SELECT count(*) FILTER (WHERE old.instrument_id IS NULL),
            count(*) FILTER (WHERE old.instrument_id IS NOT NULL AND {Wins("new", "old")})
        FROM {staging} AS new
        LEFT JOIN {table} AS old ON old.instrument_id = new.instrument_id AND old.time = new.time
        """;

    public static async Task CopyAsync(
        NpgsqlConnection connection,
        string table,
        IEnumerable<InstrumentBar> bars,
        CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY {table} ({BarTable.Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        try
        {
            await WriteAsync(copy, bars, cancellationToken);
        }
        catch
        {
            await AbandonAsync(copy);
            throw;
        }
    }

    // Without this the stream's end would tell the server that the rows so far are all.
    private static async Task AbandonAsync(NpgsqlRawCopyStream copy)
    {
        try
        {
            await copy.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // A write that was cancelled has ended the COPY already.
        }
    }

    private static async Task WriteAsync(
        NpgsqlRawCopyStream copy, IEnumerable<InstrumentBar> bars, CancellationToken cancellationToken)
    {
        var buffer = new byte[RowsPerWrite * BarRowEncoder.RowLength];
        BarRowEncoder.Header.CopyTo(buffer);
        var used = BarRowEncoder.Header.Length;
        foreach (var bar in bars)
        {
            if (used + BarRowEncoder.RowLength > buffer.Length)
            {
                await copy.WriteAsync(buffer.AsMemory(0, used), cancellationToken);
                used = 0;
            }

            BarRowEncoder.Write(buffer.AsSpan(used), in bar);
            used += BarRowEncoder.RowLength;
        }

        await copy.WriteAsync(buffer.AsMemory(0, used), cancellationToken);
        await copy.WriteAsync(BarRowEncoder.Trailer.ToArray(), cancellationToken);
    }

    private static string Wins(string challenger, string holder) =>
        $"({Values(challenger)}) IS DISTINCT FROM ({Values(holder)}) AND ({challenger}.source NOT IN "
        + $"({BarTable.SyntheticSources}) OR {holder}.source IN ({BarTable.SyntheticSources}))";

    private static string Values(string row) =>
        $"{row}.open, {row}.high, {row}.low, {row}.close, {row}.volume, {row}.source";

    private static string Prefixed(string row) => $"{row}.instrument_id, {row}.time, {Values(row)}";

    // One statement may touch a row only once; of two versions in a batch the later is meant.
    private static Dictionary<(int, DateTime), InstrumentBar>.ValueCollection NewestOfEach(
        IReadOnlyList<InstrumentBar> bars)
    {
        var newest = new Dictionary<(int, DateTime), InstrumentBar>(bars.Count);
        foreach (var bar in bars)
        {
            newest[(bar.InstrumentId, bar.Bar.Time)] = bar;
        }

        return newest.Values;
    }
}

using Npgsql;
using NpgsqlTypes;
using Trading.Data.Changes;
using Trading.Domain.Market;

namespace Trading.Data.Bars.Archive;

/// <summary>
/// Puts bars that are not kept any longer into files and drops them, in one transaction: the file is written, read back
/// and compared with the rows before those go. Cut off anywhere, either the rows are there, or a file that has them all.
/// </summary>
public sealed class BarArchive(NpgsqlDataSource database)
{
    private const string Taken = "taken_bars";

    /// <summary>What is older, oldest first.</summary>
    /// <param name="interval">The length of the bars, one that is stored.</param>
    /// <param name="before">What ends after this stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<BarSlice>> FindAsync(
        BarInterval interval, DateTime before, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(interval.IsDaily
            ? """
              SELECT DISTINCT date_trunc('year', b.time AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS year
              FROM daily_bars b WHERE b.time < $1 ORDER BY year
              """
            : """
              SELECT inhrelid::regclass::text FROM pg_inherits
              WHERE inhparent = 'minute_bars'::regclass AND $1::timestamptz IS NOT NULL ORDER BY 1
              """);
        command.Parameters.Add(new() { Value = before, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var slices = new List<BarSlice>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var slice = interval.IsDaily
                ? BarSlice.YearOf(reader.GetDateTime(0))
                : BarSlice.OfPartition(reader.GetString(0));
            if (slice is not null && slice.To <= before)
            {
                slices.Add(slice);
            }
        }

        return slices;
    }

    /// <summary>Puts a slice into a file of the folder, and drops it.</summary>
    /// <param name="slice">One of those found.</param>
    /// <param name="folder">Where the file goes; made where it is not there.</param>
    /// <param name="confirm">Is asked last, within the transaction; where it throws, nothing is dropped.</param>
    /// <param name="cancellationToken">Gives up; nothing is dropped.</param>
    /// <exception cref="IOException">The file cannot be written, or does not hold the rows.</exception>
    public async Task<BarExport> MoveOutAsync(
        BarSlice slice,
        string folder,
        Func<NpgsqlConnection, CancellationToken, Task>? confirm,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var table = await HoldAsync(connection, slice, cancellationToken);
        var expected = await DigestAsync(connection, table, slice, cancellationToken);
        var file = new BarExportFile(folder, slice);
        var path = await file.WriteAsync(connection, table, expected, cancellationToken);
        var export = new BarExport
        {
            Id = Guid.CreateVersion7(),
            Slice = slice.Name,
            Interval = slice.Interval.Code,
            FromTime = slice.From,
            ToTime = slice.To,
            FileName = Path.GetFileName(path),
            Rows = expected.Rows,
            Checksum = expected.Sum,
            Bytes = new FileInfo(path).Length,
        };
        await NoteAsync(connection, export, cancellationToken);
        if (!slice.Interval.IsDaily)
        {
            await ExecuteAsync(connection, $"DROP TABLE {slice.Name}", cancellationToken);
            // No trigger tells of rows that go with their table.
            await ExecuteAsync(
                connection, $"SELECT pg_notify('{DataChange.Channel}', '{DataChange.Bars}')", cancellationToken);
        }

        if (confirm is not null)
        {
            await confirm(connection, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return export;
    }

    /// <summary>Keeps the rows as they are until the end; of days, takes them out.</summary>
    /// <returns>The table that has them, and nothing else.</returns>
    private static async Task<string> HoldAsync(
        NpgsqlConnection connection, BarSlice slice, CancellationToken cancellationToken)
    {
        // Who waits for a lock here makes all others wait that come after: not for long.
        await ExecuteAsync(connection, "SET LOCAL lock_timeout = '10s'", cancellationToken);
        if (!slice.Interval.IsDaily)
        {
            await ExecuteAsync(connection, $"LOCK TABLE {slice.Name} IN SHARE MODE", cancellationToken);
            return slice.Name;
        }

        await ExecuteAsync(
            connection,
            $"CREATE TEMP TABLE {Taken} ON COMMIT DROP AS SELECT * FROM daily_bars WITH NO DATA",
            cancellationToken);
        await using var take = new NpgsqlCommand(
            $"""
            WITH gone AS (DELETE FROM daily_bars WHERE time >= $1 AND time < $2 RETURNING *)
            INSERT INTO {Taken} SELECT * FROM gone
            """,
            connection)
        {
            CommandTimeout = 0,
        };
        take.Parameters.Add(new() { Value = slice.From });
        take.Parameters.Add(new() { Value = slice.To });
        await take.ExecuteNonQueryAsync(cancellationToken);
        return Taken;
    }

    private static async Task<BarDigest> DigestAsync(
        NpgsqlConnection connection, string table, BarSlice slice, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(BarExportSql.Digest(table, slice.Interval.Code), connection)
        {
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new BarDigest(reader.GetInt64(0), reader.GetString(1));
    }

    private static async Task NoteAsync(
        NpgsqlConnection connection, BarExport export, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO bar_exports (id, slice, interval, from_time, to_time, file_name, rows, checksum, bytes, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())
            """,
            connection);
        foreach (var value in (object[])
            [
                export.Id, export.Slice, export.Interval, export.FromTime, export.ToTime, export.FileName, export.Rows,
                export.Checksum, export.Bytes,
            ])
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

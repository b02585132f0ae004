using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.Data.Experiments;

/// <summary>
/// What is to be done of experiments, and what was: each statement within the transaction of one advance, whose lock on
/// the experiment keeps every other worker off it, and is gone with the worker.
/// </summary>
internal static class ExperimentQueue
{
    private const string DueBefore =
        $"""
        SELECT {ExperimentRows.Columns} FROM experiments e
        WHERE e.state = 'running' AND e.interval = $1 AND e.id <> ALL ($3) AND EXISTS (
            SELECT FROM unnest(e.instrument_ids) AS asked (id) CROSS JOIN LATERAL (
                SELECT time FROM
        """ + " ";

    private const string DueAfter =
        """
         WHERE instrument_id = asked.id AND time <= $2
                ORDER BY time DESC LIMIT 1) AS newest
            WHERE newest.time >= e.counts_from AND (e.last_time IS NULL OR newest.time > e.last_time))
        ORDER BY e.last_time NULLS FIRST, e.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
        """;

    /// <summary>Takes a running experiment that has a closed bar beyond its last point, unless another has it.</summary>
    public static async Task<ExperimentRow?> ClaimAsync(
        NpgsqlConnection connection, BarInterval interval, DateTime until, Guid[] not, CancellationToken cancellationToken)
    {
        await using var command = interval.IsDaily
            ? new NpgsqlCommand(DueBefore + BarTable.Daily + DueAfter, connection)
            : new NpgsqlCommand(DueBefore + BarTable.Minute + DueAfter, connection);
        command.Parameters.Add(new() { Value = interval.Code });
        command.Parameters.Add(new() { Value = LastClose(interval, until) });
        command.Parameters.Add(new() { Value = not });
        return (await ExperimentRows.ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    public static async Task<List<double[]>> ReadEquityAsync(
        NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT equity FROM experiment_points WHERE experiment_id = $1 ORDER BY number", connection);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var equity = new List<double[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            equity.Add(await reader.GetFieldValueAsync<double[]>(0, cancellationToken));
        }

        return equity;
    }

    public static async Task AddAsync(
        NpgsqlConnection connection, IReadOnlyList<ExperimentPoint> points, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY experiment_points (experiment_id, number, time, equity, invested) FROM STDIN (FORMAT BINARY)",
            cancellationToken);
        foreach (var point in points)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(point.ExperimentId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(point.Number, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(point.Time, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(point.Equity, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(point.Invested, NpgsqlDbType.Array | NpgsqlDbType.Double, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    public static async Task UpdateAsync(
        NpgsqlConnection connection, ExperimentRow row, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE experiments SET state = $2, error = $3, bar_count = $4, last_time = $5, revision_count = $6,
                results = $7, finished_at = $8
            WHERE id = $1
            """,
            connection);
        command.Parameters.Add(new() { Value = row.Id });
        command.Parameters.Add(new() { Value = row.State });
        command.Parameters.Add(OrNull(row.Error, NpgsqlDbType.Text));
        command.Parameters.Add(new() { Value = row.Bars });
        command.Parameters.Add(OrNull(row.LastTime, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(new() { Value = row.Revisions });
        command.Parameters.Add(OrNull(
            row.Results.Count == 0
                ? null
                : JsonSerializer.Serialize(row.Results, ExperimentJson.Default.IReadOnlyListArmDocument),
            NpgsqlDbType.Jsonb));
        command.Parameters.Add(OrNull(row.FinishedAt, NpgsqlDbType.TimestampTz));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The last close of whole bars: a longer one is built of minutes, and is not while one is missing.</summary>
    public static DateTime LastClose(BarInterval interval, DateTime until) => interval.IsDaily
        ? until
        : new DateTime(until.Ticks - (until.Ticks % interval.Length.Ticks), DateTimeKind.Utc);

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

using Npgsql;
using NpgsqlTypes;
using Trading.Data.Changes;
using Trading.Domain.Market;

namespace Trading.Data.Bars;

/// <summary>Reads and writes bars. Values are absolute, so that writing the same batch again changes nothing.</summary>
public sealed class BarStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    private readonly MinutePartitions _partitions = new(dataSource);
    private readonly SessionsSeen _sessions = new();

    /// <summary>Bars of one instrument, ascending by time, at most <paramref name="limit"/>.</summary>
    /// <param name="from">Earliest bar time, inclusive; null from the first.</param>
    /// <param name="to">Latest bar time, inclusive; null to the last.</param>
    /// <param name="after">The time of the last bar of the page before, exclusive; null for the first page.</param>
    public async Task<IReadOnlyList<StoredBar>> ReadAsync(
        int instrumentId,
        BarInterval interval,
        DateTime? from,
        DateTime? to,
        DateTime? after,
        int limit,
        CancellationToken cancellationToken)
    {
        var range = new BarRange(from, to, after);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = interval.IsDaily || interval == BarInterval.OneMinute
            ? BarQueries.Stored(connection, interval, instrumentId, range, limit)
            : BarQueries.Built(connection, interval, instrumentId, range, limit);
        return await ReadBarsAsync(command, cancellationToken);
    }

    /// <summary>The newest <paramref name="count"/> bars of one instrument, ascending by time.</summary>
    public async Task<IReadOnlyList<StoredBar>> ReadLastAsync(
        int instrumentId, BarInterval interval, int count, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = BarQueries.Last(connection, interval, instrumentId, count);
        return await ReadBarsAsync(command, cancellationToken);
    }

    /// <summary>The newest daily bar of every instrument that has one.</summary>
    /// <param name="before">Only bars that closed before this instant; null for the newest of all.</param>
    public async Task<IReadOnlyList<LatestBar>> LatestDailyAsync(
        DateTime? before, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = BarQueries.LatestDaily(connection, before);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var latest = new List<LatestBar>();
        while (await reader.ReadAsync(cancellationToken))
        {
            latest.Add(new LatestBar(reader.GetInt32(7), BarQueries.BarOf(reader), BarQueries.SourceOf(reader)));
        }

        return latest;
    }

    /// <summary>
    /// The time of the newest daily bar of each instrument that came from a file or a provider's history, whole and
    /// final.
    /// </summary>
    public async Task<IReadOnlyDictionary<int, DateTime>> LastImportedAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT instruments.id, last.time FROM instruments CROSS JOIN LATERAL (
                SELECT time FROM daily_bars WHERE instrument_id = instruments.id AND source = $1
                ORDER BY time DESC LIMIT 1
            ) AS last
            """);
        command.Parameters.Add(new() { Value = (short)BarSource.Imported });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var times = new Dictionary<int, DateTime>();
        while (await reader.ReadAsync(cancellationToken))
        {
            times.Add(reader.GetInt32(0), reader.GetDateTime(1));
        }

        return times;
    }

    /// <summary>Writes bars; a synthetic bar never overwrites a real one.</summary>
    public async Task UpsertAsync(
        BarInterval interval, IReadOnlyList<InstrumentBar> bars, CancellationToken cancellationToken)
    {
        await PreparePartitionsAsync(interval, bars, cancellationToken);
        if (bars.Count >= BarLoad.Fewest
            && await BarLoad.TryRunAsync(dataSource, BarTable.Of(interval), bars, cancellationToken))
        {
            return;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await BarUpsert.RunAsync(connection, BarTable.Of(interval), bars, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Stores a batch of a stream and how far the stream is stored, both or neither.</summary>
    /// <param name="storedId">How far it was stored when the batch began; null where nothing was.</param>
    /// <returns>False, with nothing stored, where another has stored since: the batch is stale.</returns>
    public async Task<bool> TrySaveBatchAsync(
        IReadOnlyList<InstrumentBar> minuteBars,
        IReadOnlyList<InstrumentBar> dailyBars,
        string stream,
        string? storedId,
        string lastId,
        CancellationToken cancellationToken)
    {
        await PreparePartitionsAsync(BarInterval.OneMinute, minuteBars, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await TryWriteCheckpointAsync(connection, stream, storedId, lastId, cancellationToken))
        {
            return false;
        }

        var what = _sessions.HasNew(dailyBars) ? DataChange.Bars : DataChange.LiveBars;
        await DataChange.SayAsync(connection, what, cancellationToken);
        await BarUpsert.RunAsync(connection, BarTable.Minute, minuteBars, cancellationToken);
        await BarUpsert.RunAsync(connection, BarTable.Daily, dailyBars, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _sessions.Note(dailyBars);
        return true;
    }

    /// <summary>The id that was stored last for a stream; null where nothing was.</summary>
    public async Task<string?> ReadCheckpointAsync(string stream, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT last_id FROM ingest_checkpoints WHERE stream = $1");
        command.Parameters.Add(new() { Value = stream });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static async Task<IReadOnlyList<StoredBar>> ReadBarsAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var bars = new List<StoredBar>();
        while (await reader.ReadAsync(cancellationToken))
        {
            bars.Add(new StoredBar(BarQueries.BarOf(reader), BarQueries.SourceOf(reader)));
        }

        return bars;
    }

    private async Task PreparePartitionsAsync(
        BarInterval interval, IReadOnlyList<InstrumentBar> bars, CancellationToken cancellationToken)
    {
        if (!interval.IsDaily)
        {
            await _partitions.EnsureAsync(bars, cancellationToken);
        }
    }

    private async Task<bool> TryWriteCheckpointAsync(
        NpgsqlConnection connection, string stream, string? storedId, string lastId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO ingest_checkpoints (stream, last_id, updated_at) VALUES ($1, $2, $3)
            ON CONFLICT (stream) DO UPDATE SET last_id = excluded.last_id, updated_at = excluded.updated_at
            WHERE ingest_checkpoints.last_id = $4
            """,
            connection);
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = lastId });
        command.Parameters.Add(new() { Value = time.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new() { Value = storedId ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}

using Npgsql;
using NpgsqlTypes;
using Trading.Domain.Market;

namespace Trading.Data.Signals;

/// <summary>
/// Stores what runs found: all of it in one transaction, and of each instrument only where nobody else has followed its
/// bars since they were read, so that two who race store everything once.
/// </summary>
internal sealed class SignalWriter(NpgsqlDataSource database)
{
    /// <returns>
    /// What was stored; of the other instruments another stored it. A signal that another had ended has no end here.
    /// </returns>
    public async Task<(IReadOnlyList<SignalChanges> Stored, IReadOnlyList<SignalRow> Added)> StoreAsync(
        BarInterval interval,
        IReadOnlyList<SignalChanges> changes,
        IReadOnlyList<SignalRow> rows,
        DateTime now,
        Func<NpgsqlConnection, IReadOnlyList<SignalChanges>, IReadOnlyList<SignalRow>, CancellationToken, Task> alongside,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await AdvanceAsync(
            connection, interval, [.. changes.Where(change => change.Instrument.HasNewBars)], cancellationToken);
        taken.UnionWith(await HoldAsync(
            connection, interval, [.. changes.Where(change => !change.Instrument.HasNewBars)], cancellationToken));
        var own = changes.Where(change => taken.Contains(change.Instrument.Id)).ToList();
        var ended = await EndAsync(connection, own, now, cancellationToken);
        own = own.ConvertAll(change =>
            change.Ended is null || ended.Contains(change.Active!.Id) ? change : change with { Ended = null });
        var added = rows.Where(row => taken.Contains(row.InstrumentId)).ToList();
        await SignalCopy.SignalsAsync(connection, added, cancellationToken);
        await SignalCopy.HistoryAsync(connection, added, now, cancellationToken);
        await SignalCopy.AnomaliesAsync(connection, interval, own, now, cancellationToken);
        await alongside(connection, own, added, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (own, added);
    }

    /// <summary>Claims the bars: who had read another progress than what is stored gets none.</summary>
    private static async Task<HashSet<int>> AdvanceAsync(
        NpgsqlConnection connection,
        BarInterval interval,
        IReadOnlyList<SignalChanges> changes,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO signal_progress AS kept (instrument_id, interval, bar_time, previous_time)
            SELECT id, $1, bar_time, previous_time FROM unnest($2, $3, $4) AS new (id, bar_time, previous_time)
            ORDER BY id
            ON CONFLICT (instrument_id, interval) DO UPDATE
                SET bar_time = excluded.bar_time, previous_time = excluded.previous_time
                WHERE kept.bar_time = excluded.previous_time AND kept.bar_time < excluded.bar_time
            RETURNING instrument_id
            """,
            connection);
        command.Parameters.Add(new() { Value = interval.Code });
        command.Parameters.Add(new() { Value = changes.Select(change => change.Instrument.Id).ToArray() });
        command.Parameters.Add(new() { Value = changes.Select(change => change.Instrument.Newest).ToArray() });
        command.Parameters.Add(new()
        {
            Value = changes.Select(change => change.Instrument.Followed ?? change.Instrument.Newest).ToArray(),
        });
        return await ReadIdsAsync(command, cancellationToken);
    }

    /// <summary>
    /// Of instruments without new bars, those that got none since they were read either; none comes before the end of
    /// the transaction. Two may hold the same, but only one of them ends a signal.
    /// </summary>
    private static async Task<HashSet<int>> HoldAsync(
        NpgsqlConnection connection,
        BarInterval interval,
        IReadOnlyList<SignalChanges> changes,
        CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(
            """
            SELECT instrument_id FROM signal_progress
            JOIN unnest($2, $3) AS read (id, bar_time) ON instrument_id = id AND signal_progress.bar_time = read.bar_time
            WHERE interval = $1 ORDER BY instrument_id FOR UPDATE OF signal_progress
            """,
            connection);
        command.Parameters.Add(new() { Value = interval.Code });
        command.Parameters.Add(new() { Value = changes.Select(change => change.Instrument.Id).ToArray() });
        command.Parameters.Add(new() { Value = changes.Select(change => change.Instrument.Newest).ToArray() });
        return await ReadIdsAsync(command, cancellationToken);
    }

    private static async Task<HashSet<int>> ReadIdsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetInt32(0));
        }

        return ids;
    }

    /// <summary>Ends what was active; the condition on the state makes any second end none.</summary>
    /// <returns>The ids of what this has ended.</returns>
    private static async Task<HashSet<Guid>> EndAsync(
        NpgsqlConnection connection, List<SignalChanges> changes, DateTime now, CancellationToken cancellationToken)
    {
        var ended = changes.Where(change => change.Ended is not null)
            .Select(change => (change.Active!.Id, End: change.Ended!)).ToArray();
        if (ended.Length == 0)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(
            """
            WITH ended AS (
                UPDATE signals SET state = new.state, resolved_at = new.resolved_at, fill_price = new.fill_price,
                    exit_price = new.exit_price, r = new.r, bars_held = new.bars_held, mae_r = new.mae_r,
                    mfe_r = new.mfe_r, reason = new.reason
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS new
                    (id, state, resolved_at, fill_price, exit_price, r, bars_held, mae_r, mfe_r, reason)
                WHERE signals.id = new.id AND signals.state = 0
                RETURNING signals.id, signals.state, signals.resolved_at, signals.exit_price, signals.reason
            )
            INSERT INTO signal_history (signal_id, state, time, price, reason, recorded_at)
            SELECT id, state, resolved_at, exit_price, reason, $11 FROM ended
            RETURNING signal_id
            """,
            connection);
        command.Parameters.Add(new() { Value = ended.Select(one => one.Id).ToArray() });
        command.Parameters.Add(new() { Value = ended.Select(one => (short)one.End.State).ToArray() });
        command.Parameters.Add(new() { Value = ended.Select(one => one.End.Time).ToArray() });
        command.Parameters.Add(Doubles(ended.Select(one => one.End.Fill)));
        command.Parameters.Add(Doubles(ended.Select(one => one.End.Price)));
        command.Parameters.Add(Doubles(ended.Select(one => one.End.R)));
        command.Parameters.Add(new() { Value = ended.Select(one => one.End.BarsHeld).ToArray() });
        command.Parameters.Add(Doubles(ended.Select(one => one.End.MaeR)));
        command.Parameters.Add(Doubles(ended.Select(one => one.End.MfeR)));
        command.Parameters.Add(new() { Value = ended.Select(one => one.End.Reason).ToArray() });
        command.Parameters.Add(new() { Value = now });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var stored = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            stored.Add(reader.GetGuid(0));
        }

        return stored;
    }

    private static NpgsqlParameter Doubles(IEnumerable<double?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double };
}

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
    /// <returns>The ids of the instruments whose changes were stored; of the others another stored them.</returns>
    public async Task<HashSet<int>> StoreAsync(
        BarInterval interval,
        IReadOnlyList<SignalChanges> changes,
        IReadOnlyList<SignalRow> rows,
        DateTime now,
        Func<NpgsqlConnection, HashSet<int>, CancellationToken, Task> alongside,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await AdvanceAsync(connection, interval, changes, cancellationToken);
        var own = changes.Where(change => taken.Contains(change.Instrument.Id)).ToList();
        await EndAsync(connection, own, now, cancellationToken);
        var added = rows.Where(row => taken.Contains(row.InstrumentId)).ToList();
        await SignalCopy.SignalsAsync(connection, added, cancellationToken);
        await SignalCopy.HistoryAsync(connection, added, now, cancellationToken);
        await SignalCopy.AnomaliesAsync(connection, interval, own, now, cancellationToken);
        await alongside(connection, taken, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken;
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
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var taken = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add(reader.GetInt32(0));
        }

        return taken;
    }

    /// <summary>Ends what was active; the condition on the state makes any second end none.</summary>
    private static async Task EndAsync(
        NpgsqlConnection connection, List<SignalChanges> changes, DateTime now, CancellationToken cancellationToken)
    {
        var ended = changes.Where(change => change.Ended is not null)
            .Select(change => (change.Active!.Id, End: change.Ended!)).ToArray();
        if (ended.Length == 0)
        {
            return;
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
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Doubles(IEnumerable<double?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double };
}

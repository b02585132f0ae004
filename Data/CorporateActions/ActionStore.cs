using Npgsql;
using NpgsqlTypes;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.CorporateActions;

/// <summary>Splits and dividends, and what stored prices have of them already.</summary>
public sealed class ActionStore(NpgsqlDataSource database)
{
    /// <summary>All that is known of some instruments, by instrument and date.</summary>
    public async Task<ActionHistory> ReadAsync(int[] instruments, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            SELECT instrument_id, ex_date, kind, value FROM corporate_actions
            WHERE instrument_id = ANY ($1) AND NOT withdrawn ORDER BY instrument_id, ex_date
            """)
        {
            Parameters = { new() { Value = instruments } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "SELECT instrument_id, first, last, holds, adjusted_to FROM price_bases WHERE instrument_id = ANY ($1)")
        {
            Parameters = { new() { Value = instruments } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var actions = new List<(int Instrument, CorporateAction Action)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var exDate = await reader.GetFieldValueAsync<DateOnly>(1, cancellationToken);
            actions.Add((reader.GetInt32(0), new CorporateAction(
                exDate, (CorporateActionKind)reader.GetInt16(2), reader.GetDouble(3))));
        }

        await reader.NextResultAsync(cancellationToken);
        var bases = new List<(int Instrument, PriceBasis Basis)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            bases.Add((reader.GetInt32(0), BasisOf(reader)));
        }

        return new ActionHistory(
            actions.ToLookup(each => each.Instrument, each => each.Action),
            bases.ToLookup(each => each.Instrument, each => each.Basis));
    }

    /// <summary>Everything that is kept of one instrument's actions, withdrawn ones too, newest first.</summary>
    public async Task<IReadOnlyList<CorporateActionRow>> ListAsync(int instrument, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT id, ex_date, kind, value, source, corrected, withdrawn, updated_at FROM corporate_actions
            WHERE instrument_id = $1 ORDER BY ex_date DESC, kind
            """);
        command.Parameters.Add(new() { Value = instrument });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<CorporateActionRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new CorporateActionRow
            {
                Id = reader.GetInt64(0),
                InstrumentId = instrument,
                ExDate = await reader.GetFieldValueAsync<DateOnly>(1, cancellationToken),
                Kind = (CorporateActionKind)reader.GetInt16(2),
                Value = reader.GetDouble(3),
                Source = reader.GetString(4),
                Corrected = reader.GetBoolean(5),
                Withdrawn = reader.GetBoolean(6),
                UpdatedAt = reader.GetDateTime(7),
            });
        }

        return rows;
    }

    /// <summary>The newest changes of one instrument's actions.</summary>
    public async Task<IReadOnlyList<ActionChangeRow>> ChangesAsync(
        int instrument, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT id, ex_date, kind, old_value, new_value, source, changed_at FROM corporate_action_changes
            WHERE instrument_id = $1 ORDER BY id DESC LIMIT $2
            """);
        command.Parameters.Add(new() { Value = instrument });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<ActionChangeRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ActionChangeRow
            {
                Id = reader.GetInt64(0),
                InstrumentId = instrument,
                ExDate = await reader.GetFieldValueAsync<DateOnly>(1, cancellationToken),
                Kind = (CorporateActionKind)reader.GetInt16(2),
                OldValue = reader[3] as double?,
                NewValue = reader[4] as double?,
                Source = reader.GetString(5),
                ChangedAt = reader.GetDateTime(6),
            });
        }

        return rows;
    }

    /// <summary>Takes over what a source tells. What an administrator set stays; the same again is not written.</summary>
    /// <param name="instrument">Whose they are.</param>
    /// <param name="actions">All that is told.</param>
    /// <param name="source">Who tells it.</param>
    /// <param name="cancellationToken">Gives up, with nothing stored.</param>
    /// <param name="confirm">Is asked last, within the transaction; where it throws, nothing is stored.</param>
    public async Task<(long Added, long Changed)> StoreAsync(
        int instrument,
        IReadOnlyList<CorporateAction> actions,
        string source,
        CancellationToken cancellationToken,
        Func<NpgsqlConnection, CancellationToken, Task>? confirm = null)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var counts = await ActionUpsert.RunAsync(
            connection, [.. actions.Select(action => (instrument, action))], source, cancellationToken);
        if (confirm is not null)
        {
            await confirm(connection, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return (counts.Stored, counts.Updated);
    }

    /// <summary>Sets an action by hand; null withdraws it.</summary>
    /// <returns>False where it is so already, or there is none to withdraw.</returns>
    public async Task<bool> CorrectAsync(
        int instrument,
        DateOnly exDate,
        CorporateActionKind kind,
        double? value,
        string who,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ActionUpsert.Correct);
        command.Parameters.Add(new() { Value = instrument });
        command.Parameters.Add(new() { Value = exDate });
        command.Parameters.Add(new() { Value = (short)kind });
        command.Parameters.Add(new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        command.Parameters.Add(new() { Value = who });
        return await command.ExecuteScalarAsync(cancellationToken) is > 0L;
    }

    internal static PriceBasis BasisOf(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateOnly>(1),
        row.GetFieldValue<DateOnly>(2),
        (PriceAdjustment)row.GetInt16(3),
        row.GetFieldValue<DateOnly>(4));
}

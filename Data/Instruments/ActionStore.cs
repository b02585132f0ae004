using Npgsql;
using Trading.Domain.Market;

namespace Trading.Data.Instruments;

/// <summary>Splits and dividends.</summary>
public sealed class ActionStore(NpgsqlDataSource database)
{
    /// <summary>All that is known of some instruments, by instrument and date.</summary>
    public async Task<ILookup<int, CorporateAction>> ReadAsync(int[] instruments, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT instrument_id, ex_date, kind, value FROM corporate_actions
            WHERE instrument_id = ANY ($1) ORDER BY instrument_id, ex_date
            """);
        command.Parameters.Add(new() { Value = instruments });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var actions = new List<(int Instrument, CorporateAction Action)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            actions.Add((reader.GetInt32(0), new CorporateAction(
                DateOnly.FromDateTime(reader.GetDateTime(1)), (CorporateActionKind)reader.GetInt16(2), reader.GetDouble(3))));
        }

        return actions.ToLookup(each => each.Instrument, each => each.Action);
    }
}

using Npgsql;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.CorporateActions;

/// <summary>Reads what the stored prices of an instrument have to be multiplied by.</summary>
public sealed class AdjustmentReader(NpgsqlDataSource database)
{
    /// <summary>Its actions with the prices around them, and what is known of the prices.</summary>
    public async Task<AdjustmentSchedule> ReadAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        var exchange = Exchange.TryFind(instrument.Exchange, out var listed) ? listed : Exchange.All[0];
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var actions = await ActionsAsync(connection, instrument, exchange, cancellationToken);
        var bases = await BasisUpsert.ReadAsync(connection, [instrument.Id], cancellationToken);
        return new AdjustmentSchedule(actions, bases[instrument.Id]);
    }

    // Two looks into the index an action; a bar that closes at midnight is of the day before.
    private static async Task<List<PricedAction>> ActionsAsync(
        NpgsqlConnection connection, Instrument instrument, Exchange exchange, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT ex_date, kind, value, before.time, before.close, after.time, after.open, after.close
            FROM corporate_actions AS action
            CROSS JOIN LATERAL (SELECT ex_date::timestamp AT TIME ZONE $2 AS midnight) AS day
            CROSS JOIN LATERAL (
                SELECT time, close FROM daily_bars
                WHERE instrument_id = $1 AND time <= midnight ORDER BY time DESC LIMIT 1) AS before
            CROSS JOIN LATERAL (
                SELECT time, open, close FROM daily_bars
                WHERE instrument_id = $1 AND time > midnight ORDER BY time LIMIT 1) AS after
            WHERE action.instrument_id = $1 AND NOT withdrawn
            """,
            connection);
        command.Parameters.Add(new() { Value = instrument.Id });
        command.Parameters.Add(new() { Value = exchange.TimeZoneId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var actions = new List<PricedAction>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var exDate = await reader.GetFieldValueAsync<DateOnly>(0, cancellationToken);
            var action = new CorporateAction(exDate, (CorporateActionKind)reader.GetInt16(1), reader.GetDouble(2));
            actions.Add(new PricedAction(
                action,
                exchange.DateAt(reader.GetDateTime(3).AddTicks(-1)),
                reader.GetDouble(4),
                exchange.DateAt(reader.GetDateTime(5).AddTicks(-1)),
                reader.GetDouble(6),
                reader.GetDouble(7)));
        }

        return actions;
    }
}

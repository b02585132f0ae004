using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Webhooks;

/// <summary>
/// Events on their way out, by the database's clock. Each statement stands for itself: a replica may die between any
/// two, and others go on.
/// </summary>
public sealed class DeliveryQueue(NpgsqlDataSource database)
{
    private const string Relay =
        """
        WITH waiting AS MATERIALIZED (
            SELECT id FROM outbox_events WHERE relayed_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
        taken AS (
            UPDATE outbox_events e SET relayed_at = now() FROM waiting WHERE e.id = waiting.id
            RETURNING e.id, e.user_id, e.type, e.created_at)
        INSERT INTO webhook_deliveries (webhook_id, event_id, status, tries, next_try_at)
        SELECT w.id, taken.id, 'pending', 0, now()
        FROM taken
        JOIN users u ON u.id = taken.user_id AND u.disabled_at IS NULL
        JOIN webhooks w ON w.user_id = u.id AND taken.type = ANY (w.events)
            AND w.created_at <= taken.created_at AND w.paused_at IS NULL
        """;

    // No user gets more than a share of what is claimed at once: slow receivers of one must not keep others' waiting.
    private const string Claim =
        """
        WITH due AS MATERIALIZED (
            SELECT d.webhook_id, d.event_id FROM webhook_deliveries d
            JOIN (
                SELECT p.webhook_id, p.event_id,
                    row_number() OVER (PARTITION BY w.user_id ORDER BY p.next_try_at) AS nth
                FROM webhook_deliveries p JOIN webhooks w ON w.id = p.webhook_id JOIN users u ON u.id = w.user_id
                WHERE p.status = 'pending' AND p.next_try_at <= now() AND w.paused_at IS NULL
                    AND u.disabled_at IS NULL AND NOT u.id = ANY ($3)) fair
                ON fair.webhook_id = d.webhook_id AND fair.event_id = d.event_id
            WHERE fair.nth <= $2 AND d.status = 'pending' AND d.next_try_at <= now()
            ORDER BY d.next_try_at LIMIT $1 FOR UPDATE OF d SKIP LOCKED)
        UPDATE webhook_deliveries d SET tries = d.tries + 1, next_try_at = now() + $4
        FROM due, webhooks w, outbox_events e
        WHERE d.webhook_id = due.webhook_id AND d.event_id = due.event_id AND w.id = d.webhook_id AND e.id = d.event_id
        RETURNING d.webhook_id, d.event_id, w.user_id, d.tries, w.url, w.secret,
            CASE WHEN w.previous_secret_until > now() THEN w.previous_secret END,
            e.type, e.data, e.created_at, e.trace_parent
        """;

    // The number of the try guards against one that took so long that another took over.
    private const string Finish =
        """
        WITH done AS (
            UPDATE webhook_deliveries
            SET status = CASE WHEN $6 IS NULL THEN 'delivered' WHEN $7 IS NULL THEN 'dead' ELSE status END,
                next_try_at = CASE WHEN $6 IS NULL OR $7 IS NULL THEN next_try_at ELSE now() + $7 END,
                finished_at = CASE WHEN $6 IS NULL OR $7 IS NULL THEN now() END,
                response_code = $4, duration_ms = $5, error = $6
            WHERE webhook_id = $1 AND event_id = $2 AND tries = $3 AND status = 'pending'
            RETURNING webhook_id)
        UPDATE webhooks w
        SET failing_since = CASE WHEN $6 IS NOT NULL THEN coalesce(w.failing_since, now()) END,
            paused_at = CASE WHEN $6 IS NOT NULL AND w.failing_since < now() - $8 THEN now() END
        FROM done, users u
        WHERE w.id = done.webhook_id AND u.id = w.user_id AND w.paused_at IS NULL
            AND ($6 IS NOT NULL OR w.failing_since IS NOT NULL)
        RETURNING w.paused_at, w.id, w.user_id, w.url, u.email
        """;

    /// <summary>Makes the deliveries of events that wait.</summary>
    public async Task RelayAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Relay);
        command.Parameters.Add(new() { Value = limit });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes tries that are due. Who does not finish one within the lease has lost it to another.</summary>
    /// <param name="limit">The most to take.</param>
    /// <param name="perUser">The most of one user.</param>
    /// <param name="busy">Users who have enough of them under way.</param>
    /// <param name="lease">How long nobody else takes them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        int limit, int perUser, Guid[] busy, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Claim);
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = perUser });
        command.Parameters.Add(new() { Value = busy });
        command.Parameters.Add(new() { Value = lease });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<ClaimedDelivery>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedDelivery(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader.GetGuid(2),
                reader.GetInt32(3),
                reader.GetString(4),
                reader.GetString(5),
                reader[6] as string,
                reader.GetString(7),
                reader.GetString(8),
                reader.GetDateTime(9),
                reader[10] as string));
        }

        return claimed;
    }

    /// <summary>Writes down how a try ended; of a delivery that is gone, or that another has taken over, nothing.</summary>
    /// <param name="claimed">The try.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="retryAfter">When the next is due where it failed; null gives the delivery up.</param>
    /// <param name="pauseAfter">A webhook that took nothing for so long is paused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The webhook, where it was paused now.</returns>
    public async Task<PausedWebhook?> FinishAsync(
        ClaimedDelivery claimed,
        TryOutcome outcome,
        TimeSpan? retryAfter,
        TimeSpan pauseAfter,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Finish);
        command.Parameters.Add(new() { Value = claimed.WebhookId });
        command.Parameters.Add(new() { Value = claimed.EventId });
        command.Parameters.Add(new() { Value = claimed.Tries });
        command.Parameters.Add(OrNull(outcome.ResponseCode, NpgsqlDbType.Integer));
        command.Parameters.Add(new() { Value = outcome.DurationMs });
        command.Parameters.Add(OrNull(outcome.Error, NpgsqlDbType.Text));
        command.Parameters.Add(OrNull(retryAfter, NpgsqlDbType.Interval));
        command.Parameters.Add(new() { Value = pauseAfter });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? new PausedWebhook(reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4))
            : null;
    }

    /// <summary>
    /// Removes events that are older, with their deliveries, whatever became of them; and secrets that sign no more.
    /// </summary>
    public async Task<int> ForgetAsync(TimeSpan older, CancellationToken cancellationToken)
    {
        await using var secrets = database.CreateCommand(
            """
            UPDATE webhooks SET previous_secret = NULL, previous_secret_until = NULL WHERE previous_secret_until <= now()
            """);
        await secrets.ExecuteNonQueryAsync(cancellationToken);
        await using var events = database.CreateCommand("DELETE FROM outbox_events WHERE created_at < now() - $1");
        events.Parameters.Add(new() { Value = older });
        return await events.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

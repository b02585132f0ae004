using Npgsql;

namespace Trading.Data.Accounts;

/// <summary>Tickets for WebSockets, by the database's clock: good at every replica, and once among all of them.</summary>
public sealed class StreamTicketStore(NpgsqlDataSource database)
{
    /// <summary>How long a ticket is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>Adds a ticket, and removes some that nobody has used.</summary>
    /// <returns>When it ends.</returns>
    public async Task<DateTime> AddAsync(
        byte[] hash, Guid user, Guid session, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            WITH late AS MATERIALIZED (
                SELECT hash FROM stream_tickets WHERE expires_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED),
            gone AS (DELETE FROM stream_tickets t USING late WHERE t.hash = late.hash)
            INSERT INTO stream_tickets (hash, user_id, session_id, expires_at) VALUES ($1, $2, $3, now() + $4)
            RETURNING expires_at
            """);
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = session });
        command.Parameters.Add(new() { Value = Lifetime });
        return (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Uses a ticket up; null where there is none, it is too old, or its session is over.</summary>
    public async Task<(Guid User, Guid Session)?> TakeAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            WITH taken AS (
                DELETE FROM stream_tickets WHERE hash = $1 AND expires_at > now() RETURNING user_id, session_id)
            SELECT taken.user_id, taken.session_id FROM taken
            JOIN sessions s ON s.id = taken.session_id AND s.revoked_at IS NULL AND s.expires_at > now()
            JOIN users u ON u.id = taken.user_id AND u.disabled_at IS NULL
            """);
        command.Parameters.Add(new() { Value = hash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetGuid(1)) : null;
    }
}

using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Accounts;

/// <summary>Sessions and their refresh tokens.</summary>
public sealed class SessionStore(NpgsqlDataSource database)
{
    private const string Open =
        """
        WITH holder AS MATERIALIZED (
            SELECT id FROM users
            WHERE id = $2 AND security_stamp IS NOT DISTINCT FROM $7 AND disabled_at IS NULL FOR SHARE),
        opened AS (
            INSERT INTO sessions (id, user_id, device, address, created_at, last_seen_at, expires_at)
            SELECT $1, id, $3, $4, $5, $5, $6 FROM holder RETURNING id)
        INSERT INTO refresh_tokens (hash, session_id, created_at, expires_at) SELECT $8, id, $5, $9 FROM opened
        """;

    private const string OfUser =
        """
        SELECT id, device, address, created_at, last_seen_at, expires_at FROM sessions
        WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY created_at DESC LIMIT 100
        """;

    private const string Use =
        """
        UPDATE refresh_tokens t SET used_at = $2
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE t.hash = $1 AND t.used_at IS NULL AND t.expires_at > $2
            AND s.id = t.session_id AND s.revoked_at IS NULL AND u.disabled_at IS NULL
        RETURNING s.id, s.user_id
        """;

    /// <summary>
    /// Opens a session, unless its user was disabled or got another password since <paramref name="stamp"/> was read.
    /// The lock makes a change that is under way come first, or else find this session when it ends all.
    /// </summary>
    public async Task<bool> TryAddAsync(
        Session session, RefreshToken token, string? stamp, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Open);
        command.Parameters.Add(new() { Value = session.Id });
        command.Parameters.Add(new() { Value = session.UserId });
        command.Parameters.Add(new() { Value = session.Device });
        command.Parameters.Add(new() { Value = session.Address ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = session.CreatedAt });
        command.Parameters.Add(new() { Value = session.ExpiresAt });
        command.Parameters.Add(new() { Value = stamp ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = token.Hash });
        command.Parameters.Add(new() { Value = token.ExpiresAt });
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>
    /// Exchanges a refresh token for the next. One that was exchanged before has been stolen from one of two holders:
    /// the whole session ends (RFC 9700, 4.14.2).
    /// </summary>
    public async Task<Rotation> RotateAsync(
        byte[] hash, Func<Guid, RefreshToken> next, DateTime now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await UseAsync(connection, hash, now, cancellationToken) is not var (session, user))
        {
            var reused = await FindReusedAsync(connection, hash, now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return reused;
        }

        var token = next(session);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                Insert(token),
                new NpgsqlBatchCommand("UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1")
                {
                    Parameters =
                    {
                        new() { Value = session }, new() { Value = now }, new() { Value = token.ExpiresAt },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Rotation(RotationOutcome.Rotated, session, user);
    }

    public async Task<IReadOnlyList<Session>> ListAsync(Guid user, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(OfUser);
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = now });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sessions = new List<Session>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sessions.Add(new Session
            {
                Id = reader.GetGuid(0),
                UserId = user,
                Device = reader.GetString(1),
                Address = reader[2] as string,
                CreatedAt = reader.GetDateTime(3),
                LastSeenAt = reader.GetDateTime(4),
                ExpiresAt = reader.GetDateTime(5),
            });
        }

        return sessions;
    }

    /// <summary>Whether the user has signed in from an address within the last 30 days.</summary>
    public async Task<bool> KnowsAddressAsync(
        Guid user, string address, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT EXISTS (SELECT 1 FROM sessions WHERE user_id = $1 AND address = $2 AND created_at > $3)");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = address });
        command.Parameters.Add(new() { Value = now.AddDays(-30) });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Ends sessions of a user.</summary>
    /// <param name="user">Whose; a session of another user is not touched.</param>
    /// <param name="only">The one to end; null ends all.</param>
    /// <param name="except">One that stays; null leaves none.</param>
    /// <param name="reason">Why, for the list.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that ended.</returns>
    public async Task<IReadOnlyList<Guid>> RevokeAsync(
        Guid user, Guid? only, Guid? except, string reason, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE sessions SET revoked_at = $4, revoke_reason = $5
            WHERE user_id = $1 AND revoked_at IS NULL AND ($2 IS NULL OR id = $2) AND ($3 IS NULL OR id <> $3) RETURNING id
            """);
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = only ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = except ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = reason });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ended = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ended.Add(reader.GetGuid(0));
        }

        return ended;
    }

    /// <summary>Whether a session still lets its user in.</summary>
    public async Task<bool> IsOpenAsync(Guid session, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT EXISTS (SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.disabled_at IS NULL)
            """);
        command.Parameters.Add(new() { Value = session });
        command.Parameters.Add(new() { Value = now });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Which of some sessions let their users in no more.</summary>
    public async Task<IReadOnlyList<Guid>> FindClosedAsync(
        Guid[] sessions, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT id FROM unnest($1) AS asked (id) WHERE NOT EXISTS (
                SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id
                WHERE s.id = asked.id AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.disabled_at IS NULL)
            """);
        command.Parameters.Add(new() { Value = sessions });
        command.Parameters.Add(new() { Value = now });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var closed = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            closed.Add(reader.GetGuid(0));
        }

        return closed;
    }

    /// <summary>Removes what has been over for 30 days.</summary>
    public async Task<int> ForgetAsync(DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM sessions WHERE expires_at < $1");
        command.Parameters.Add(new() { Value = now.AddDays(-30) });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(Guid Session, Guid User)?> UseAsync(
        NpgsqlConnection connection, byte[] hash, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Use, connection)
        {
            Parameters = { new() { Value = hash }, new() { Value = now } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetGuid(1)) : null;
    }

    private static async Task<Rotation> FindReusedAsync(
        NpgsqlConnection connection, byte[] hash, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE sessions s SET revoked_at = coalesce(s.revoked_at, $2), revoke_reason = coalesce(s.revoke_reason, 'token reuse')
            FROM refresh_tokens t WHERE t.hash = $1 AND t.used_at IS NOT NULL AND s.id = t.session_id
            RETURNING s.id, s.user_id
            """,
            connection)
        {
            Parameters = { new() { Value = hash }, new() { Value = now } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Rotation(RotationOutcome.Reused, reader.GetGuid(0), reader.GetGuid(1))
            : new Rotation(RotationOutcome.Unknown, default, default);
    }

    private static NpgsqlBatchCommand Insert(RefreshToken token) => new(
        "INSERT INTO refresh_tokens (hash, session_id, created_at, expires_at) VALUES ($1, $2, $3, $4)")
    {
        Parameters =
        {
            new() { Value = token.Hash },
            new() { Value = token.SessionId },
            new() { Value = token.CreatedAt },
            new() { Value = token.ExpiresAt },
        },
    };
}

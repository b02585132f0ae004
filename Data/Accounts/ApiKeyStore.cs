using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Accounts;

/// <summary>API keys, each seen by its owner only.</summary>
public sealed class ApiKeyStore(NpgsqlDataSource database)
{
    /// <summary>Adds a key, unless its owner has <paramref name="most"/> already.</summary>
    public async Task<bool> TryAddAsync(ApiKey key, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // One after the other for a user: each counts the keys of those before it.
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE")
                {
                    Parameters = { new() { Value = key.UserId } },
                },
                InsertOf(key, most),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return batch.BatchCommands[1].RecordsAffected == 1;
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(Guid user, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT id, name, prefix, scopes, created_at, expires_at, last_used_at FROM api_keys
            WHERE user_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC
            """);
        command.Parameters.Add(new() { Value = user });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<ApiKey>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(new ApiKey
            {
                Id = reader.GetGuid(0),
                UserId = user,
                Name = reader.GetString(1),
                Prefix = reader.GetString(2),
                Hash = [],
                Scopes = await reader.GetFieldValueAsync<string[]>(3, cancellationToken),
                CreatedAt = reader.GetDateTime(4),
                ExpiresAt = reader[5] as DateTime?,
                LastUsedAt = reader[6] as DateTime?,
            });
        }

        return keys;
    }

    /// <summary>Ends a key of a user; gives its hash where there is one.</summary>
    public async Task<byte[]?> RevokeAsync(Guid user, Guid id, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "UPDATE api_keys SET revoked_at = $3 WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING hash");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = now });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <summary>Who a key lets in; null where it lets in no one. Notes the use, once a minute.</summary>
    public async Task<KeyHolder?> FindAsync(byte[] hash, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            WITH used AS (
                UPDATE api_keys SET last_used_at = date_trunc('minute', $2::timestamptz)
                WHERE hash = $1 AND (last_used_at IS NULL OR last_used_at < $2 - interval '1 minute'))
            SELECT k.id, k.user_id, k.scopes, u.email, u.tier,
                array(SELECT r.name FROM user_roles m JOIN roles r ON r.id = m.role_id WHERE m.user_id = u.id)
            FROM api_keys k JOIN users u ON u.id = k.user_id
            WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2) AND u.disabled_at IS NULL
            """);
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = now });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new KeyHolder(
                reader.GetGuid(0),
                reader.GetGuid(1),
                await reader.GetFieldValueAsync<string[]>(2, cancellationToken),
                reader.GetString(3),
                reader.GetString(4),
                await reader.GetFieldValueAsync<string[]>(5, cancellationToken))
            : null;
    }

    private static NpgsqlBatchCommand InsertOf(ApiKey key, int most) => new(
        """
        INSERT INTO api_keys (id, user_id, name, prefix, hash, scopes, created_at, expires_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8
        WHERE (SELECT count(*) FROM api_keys WHERE user_id = $2 AND revoked_at IS NULL) < $9
        """)
    {
        Parameters =
        {
            new() { Value = key.Id },
            new() { Value = key.UserId },
            new() { Value = key.Name },
            new() { Value = key.Prefix },
            new() { Value = key.Hash },
            new() { Value = key.Scopes },
            new() { Value = key.CreatedAt },
            new() { Value = key.ExpiresAt ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            new() { Value = most },
        },
    };
}

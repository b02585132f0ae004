using Npgsql;

namespace Trading.Data.Idempotency;

/// <summary>Keys of requests in PostgreSQL, by its clock: the same for every replica and after a restart.</summary>
public sealed class IdempotencyStore(NpgsqlDataSource database)
{
    /// <summary>How long an execution holds a key without renewing it.</summary>
    public static readonly TimeSpan Lock = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Takes a key that nobody has, whose holder died, or whose time is over.</summary>
    public async Task<bool> TryClaimAsync(
        byte[] key, byte[] request, Guid owner, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO idempotency_keys AS held (key, request, owner, locked_until, expires_at)
            VALUES ($1, $2, $3, now() + $4, now() + $5)
            ON CONFLICT (key) DO UPDATE
            SET request = excluded.request, owner = excluded.owner, locked_until = excluded.locked_until,
                expires_at = excluded.expires_at, answer = NULL
            WHERE held.expires_at <= now()
               OR (held.answer IS NULL AND held.locked_until <= now() AND held.request = excluded.request)
            """);
        Add(command, key, request, owner, Lock, Lifetime);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>What is known of a key; null where it is free.</summary>
    public async Task<(byte[] Request, byte[]? Answer)?> FindAsync(byte[] key, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT request, answer FROM idempotency_keys WHERE key = $1");
        Add(command, key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? ((byte[])reader[0], reader[1] as byte[])
            : null;
    }

    /// <summary>Holds a key for longer.</summary>
    public Task RenewAsync(byte[] key, Guid owner, CancellationToken cancellationToken) => ExecuteAsync(
        "UPDATE idempotency_keys SET locked_until = now() + $3 WHERE key = $1 AND owner = $2 AND answer IS NULL",
        cancellationToken,
        key, owner, Lock);

    /// <summary>Keeps the answer.</summary>
    public Task CompleteAsync(byte[] key, Guid owner, byte[] answer, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "UPDATE idempotency_keys SET answer = $3 WHERE key = $1 AND owner = $2",
            cancellationToken,
            key, owner, answer);

    /// <summary>Frees a key whose request failed, for another try.</summary>
    public Task ReleaseAsync(byte[] key, Guid owner, CancellationToken cancellationToken) => ExecuteAsync(
        "DELETE FROM idempotency_keys WHERE key = $1 AND owner = $2 AND answer IS NULL", cancellationToken, key, owner);

    /// <summary>Removes what is over.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("DELETE FROM idempotency_keys WHERE expires_at <= now()", cancellationToken);

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        Add(command, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

using Npgsql;

namespace Trading.Data.Locks;

/// <summary>
/// Numbers those who hold a lock: each holder's token is larger than the one before, whatever Redis has forgotten. A write
/// that shows an older token is refused.
/// </summary>
public sealed class FenceStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>The next token of a lock.</summary>
    public async Task<long> NextAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await NextAsync(connection, name, cancellationToken);
    }

    /// <summary>The next token of a lock, over a connection that holds something else besides.</summary>
    public async Task<long> NextAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO fences AS known (name, token, raised_at) VALUES ($1, 1, $2)
            ON CONFLICT (name) DO UPDATE SET token = known.token + 1, raised_at = excluded.raised_at
            RETURNING token
            """,
            connection);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = time.GetUtcNow().UtcDateTime });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The token of a lock's newest holder; 0 where nobody has held it.</summary>
    public async Task<long> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT token FROM fences WHERE name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    /// <summary>
    /// Whether a token is still the newest, and stays so until the transaction ends: the next holder gets its own only then.
    /// </summary>
    public static async Task<bool> HoldsAsync(
        NpgsqlConnection connection, string name, long token, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT FROM fences WHERE name = $1 AND token = $2 FOR SHARE", connection);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = token });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Trading.Data.Locks;

/// <summary>
/// Locks of PostgreSQL's sessions: they end with the connection, so that a killed holder blocks no one. One that is silent
/// for a lease loses its session too: the connections of a process that is paused stand.
/// </summary>
internal sealed class SessionLocks(NpgsqlDataSource database)
{
    /// <summary>Null where another session holds it.</summary>
    public async Task<SessionLock?> TryTakeAsync(string name, TimeSpan lease, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT took, set_config('idle_session_timeout', CASE WHEN took THEN $2 ELSE '0' END, false)
                FROM (SELECT pg_try_advisory_lock($1) AS took OFFSET 0) AS try
                """,
                connection);
            command.Parameters.Add(new() { Value = KeyOf(name) });
            command.Parameters.Add(new() { Value = lease.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture) });
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                return new SessionLock(database, connection, KeyOf(name));
            }
        }
        catch
        {
            // It may be taken all the same, where the answer came too late.
            await EndAsync(database, connection);
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Ends the session itself: one that goes back to its pool keeps what it has.</summary>
    internal static async ValueTask EndAsync(NpgsqlDataSource database, NpgsqlConnection connection)
    {
        database.Clear();
        await connection.DisposeAsync();
    }

    private static long KeyOf(string name) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("lock:" + name)));
}

/// <summary>A lock of a session, and its connection.</summary>
internal sealed class SessionLock(NpgsqlDataSource database, NpgsqlConnection connection, long key) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    /// <summary>Throws where the session, and the lock with it, is gone.</summary>
    public async Task ConfirmAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT 1", connection)
        {
            CommandTimeout = Math.Max(1, (int)patience.TotalSeconds),
        };
        await ask.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var unlock = new NpgsqlCommand(
                "SELECT pg_advisory_unlock($1), set_config('idle_session_timeout', '0', false)", connection)
            {
                CommandTimeout = 2,
            };
            unlock.Parameters.Add(new() { Value = key });
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            await SessionLocks.EndAsync(database, connection);
        }

        await connection.DisposeAsync();
    }
}

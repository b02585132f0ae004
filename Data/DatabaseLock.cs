using Npgsql;

namespace Trading.Data;

/// <summary>
/// A lock that the whole database knows; it ends with the connection, so that a killed holder blocks no one.
/// </summary>
internal sealed class DatabaseLock : IAsyncDisposable
{
    public const long Migration = 0x7472_6164_0001;
    public const long Import = 0x7472_6164_0002;
    public const long Audit = 0x7472_6164_0003;
    public const long Performance = 0x7472_6164_0005;
    public const long FirstAccount = 0x7472_6164_0004;

    private readonly NpgsqlConnection _connection;
    private readonly long _key;

    private DatabaseLock(NpgsqlConnection connection, long key)
    {
        _connection = connection;
        _key = key;
    }

    public static async Task<DatabaseLock> AcquireAsync(
        NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection);
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = key });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new DatabaseLock(connection, key);
    }

    public async ValueTask DisposeAsync()
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", _connection);
        command.Parameters.Add(new() { Value = _key });
        await command.ExecuteNonQueryAsync();
    }
}

using Npgsql;

namespace Trading.Data.Settings;

/// <summary>Settings that were changed while the system ran; a handful of rows.</summary>
public sealed class SettingStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<SettingRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT key, value, updated_by, updated_at FROM settings ORDER BY key");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<SettingRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new SettingRow
            {
                Key = reader.GetString(0),
                Value = reader.GetString(1),
                UpdatedBy = reader.GetString(2),
                UpdatedAt = reader.GetDateTime(3),
            });
        }

        return rows;
    }

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).ToDictionary(row => row.Key, row => row.Value);

    public async Task SetAsync(SettingRow row, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            INSERT INTO settings (key, value, updated_by, updated_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by, updated_at = excluded.updated_at
            """);
        command.Parameters.Add(new() { Value = row.Key });
        command.Parameters.Add(new() { Value = row.Value });
        command.Parameters.Add(new() { Value = row.UpdatedBy });
        command.Parameters.Add(new() { Value = row.UpdatedAt });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<bool> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM settings WHERE key = $1");
        command.Parameters.Add(new() { Value = key });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}

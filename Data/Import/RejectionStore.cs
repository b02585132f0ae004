using Npgsql;

namespace Trading.Data.Import;

/// <summary>Rows of imports that were not stored.</summary>
/// <param name="Quarantined">Hard to believe, and set aside.</param>
/// <param name="Rejected">Without sense.</param>
public readonly record struct RejectionCount(int Quarantined, int Rejected);

/// <summary>Tells of rows that imports did not store.</summary>
public sealed class RejectionStore(NpgsqlDataSource dataSource)
{
    /// <summary>How many rows of a ticker were not stored, all imports together.</summary>
    public async Task<RejectionCount> CountAsync(string ticker, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT count(*) FILTER (WHERE quarantined), count(*) FILTER (WHERE NOT quarantined)
            FROM import_rejections WHERE ticker = $1
            """);
        command.Parameters.Add(new() { Value = ticker });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new RejectionCount((int)reader.GetInt64(0), (int)reader.GetInt64(1));
    }
}

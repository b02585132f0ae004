using Npgsql;

namespace Trading.Data.Import;

/// <summary>What a merge did to the rows it was given.</summary>
internal readonly record struct MergeCounts(long Stored, long Updated, long Unchanged)
{
    public static MergeCounts operator +(MergeCounts a, MergeCounts b) =>
        new(a.Stored + b.Stored, a.Updated + b.Updated, a.Unchanged + b.Unchanged);

    /// <summary>
    /// Counts what an INSERT ... ON CONFLICT DO UPDATE touched; a row version of an insert has no deleter (xmax).
    /// </summary>
    public static string Counted(string merge) =>
        $"""
        WITH merged AS ({merge} RETURNING (xmax = 0) AS inserted)
        SELECT count(*) FILTER (WHERE inserted), count(*) FILTER (WHERE NOT inserted) FROM merged
        """;

    public static async Task<MergeCounts> ReadAsync(
        NpgsqlCommand command, long given, CancellationToken cancellationToken)
    {
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (stored, updated) = (reader.GetInt64(0), reader.GetInt64(1));
        return new MergeCounts(stored, updated, given - stored - updated);
    }
}

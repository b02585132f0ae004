using Npgsql;

namespace Trading.Data.Jobs;

/// <summary>Shows jobs, whoever asked for them.</summary>
public sealed class JobStore(NpgsqlDataSource database)
{
    internal const string Columns =
        """
        j.id, j.kind, j.payload::text, j.owner_id, j.state, j.attempts, j.next_attempt_at, j.claimed_by, j.progress_done,
        j.progress_total, j.cancel_requested, j.error, j.created_at, j.started_at, j.finished_at, j.tried_at,
        j.tried_done, j.cursor::text, j.schedule, j.scheduled_for
        """;

    /// <summary>Jobs that wait or run, those that run first, then by when they are due.</summary>
    public Task<IReadOnlyList<Job>> ActiveAsync(int limit, CancellationToken cancellationToken) => ReadAsync(
        $"""
        SELECT {Columns} FROM jobs j WHERE state IN ('queued', 'running')
        ORDER BY state DESC, next_attempt_at, id LIMIT $1
        """,
        cancellationToken,
        limit);

    /// <summary>Jobs of a kind, newest first.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="before">Only older than this id; null from the newest.</param>
    /// <param name="limit">The most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<Job>> ListAsync(
        string kind, Guid? before, int limit, CancellationToken cancellationToken) => ReadAsync(
        $"SELECT {Columns} FROM jobs j WHERE kind = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        cancellationToken,
        kind, before ?? Guid.AllBitsSet, limit);

    /// <summary>One job; null where there is none.</summary>
    public async Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await ReadAsync($"SELECT {Columns} FROM jobs j WHERE id = $1", cancellationToken, id);
        return found.Count == 1 ? found[0] : null;
    }

    internal static Job Read(NpgsqlDataReader row, int first) => new()
    {
        Id = row.GetGuid(first),
        Kind = row.GetString(first + 1),
        Payload = row.GetString(first + 2),
        OwnerId = row[first + 3] as Guid?,
        State = row.GetString(first + 4),
        Attempts = row.GetInt32(first + 5),
        NextAttemptAt = row.GetDateTime(first + 6),
        ClaimedBy = row[first + 7] as string,
        ProgressDone = row.GetInt64(first + 8),
        ProgressTotal = row.GetInt64(first + 9),
        CancelRequested = row.GetBoolean(first + 10),
        Error = row[first + 11] as string,
        CreatedAt = row.GetDateTime(first + 12),
        StartedAt = row[first + 13] as DateTime?,
        FinishedAt = row[first + 14] as DateTime?,
        TriedAt = row[first + 15] as DateTime?,
        TriedDone = row.GetInt64(first + 16),
        Cursor = row[first + 17] as string,
        Schedule = row[first + 18] as string,
        ScheduledFor = row[first + 19] as DateTime?,
    };

    private async Task<IReadOnlyList<Job>> ReadAsync(
        string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var jobs = new List<Job>();
        while (await reader.ReadAsync(cancellationToken))
        {
            jobs.Add(Read(reader, 0));
        }

        return jobs;
    }
}

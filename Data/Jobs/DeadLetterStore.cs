using Npgsql;

namespace Trading.Data.Jobs;

/// <summary>Jobs that were given up.</summary>
public sealed class DeadLetterStore(NpgsqlDataSource database)
{
    /// <summary>The newest, at most <paramref name="limit"/>.</summary>
    /// <param name="before">Only older than this id; null from the newest.</param>
    /// <param name="limit">The most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(
        Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT id, job_id, kind, owner_id, payload::text, error, attempts, created_at, replayed_at
            FROM dead_letters WHERE id < $1 ORDER BY id DESC LIMIT $2
            """);
        command.Parameters.Add(new() { Value = before ?? Guid.AllBitsSet });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            letters.Add(new DeadLetter
            {
                Id = reader.GetGuid(0),
                JobId = reader.GetGuid(1),
                Kind = reader.GetString(2),
                OwnerId = reader[3] as Guid?,
                Payload = reader.GetString(4),
                Error = reader.GetString(5),
                Attempts = reader.GetInt32(6),
                CreatedAt = reader.GetDateTime(7),
                ReplayedAt = reader[8] as DateTime?,
            });
        }

        return letters;
    }

    /// <summary>Has the job of a dead letter done again, with as many tries as a new one.</summary>
    /// <returns>False where there is no such letter, it was replayed before, or its job is gone.</returns>
    /// <exception cref="JobActiveException">Another of its schedule waits or runs.</exception>
    public async Task<bool> ReplayAsync(Guid letter, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            WITH replayed AS (
                UPDATE dead_letters d SET replayed_at = now() FROM jobs j
                WHERE d.id = $1 AND d.replayed_at IS NULL AND j.id = d.job_id AND j.state = 'failed' RETURNING d.job_id),
            told AS MATERIALIZED (SELECT pg_notify('jobs', 'replay') FROM replayed)
            UPDATE jobs j SET state = 'queued', attempts = 0, next_attempt_at = now(), finished_at = NULL,
                cancel_requested = false
            FROM replayed, told WHERE j.id = replayed.job_id
            """);
        command.Parameters.Add(new() { Value = letter });
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new JobActiveException(error);
        }
    }

    /// <summary>Removes a dead letter: its job will not be done.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> DeleteAsync(Guid letter, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM dead_letters WHERE id = $1");
        command.Parameters.Add(new() { Value = letter });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Removes those that have lain, or were replayed, for longer.</summary>
    public async Task<int> ForgetAsync(TimeSpan older, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "DELETE FROM dead_letters WHERE coalesce(replayed_at, created_at) < now() - $1");
        command.Parameters.Add(new() { Value = older });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A job of the schedule waits or runs already, and there is one at a time.</summary>
public sealed class JobActiveException(Exception inner) : Exception("A job of the schedule waits or runs.", inner);

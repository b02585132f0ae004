using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Jobs;

/// <summary>
/// Jobs on their way, by the database's clock. Each statement stands for itself: a worker may die between any two, and
/// others go on. What a worker writes holds only while its fence is the job's.
/// </summary>
public sealed class JobQueue(NpgsqlDataSource database)
{
    /// <summary>PostgreSQL's channel on which a new job is told.</summary>
    public const string Channel = "jobs";

    /// <summary>Tries before a job is given up.</summary>
    public const int MaxAttempts = 3;

    // A job whose owner has fewer under way goes first, so that one user's many do not keep others' waiting.
    private const string Claim =
        """
        WITH due AS MATERIALIZED (
            SELECT id FROM jobs j
            WHERE kind = ANY ($2) AND ((state = 'queued' AND next_attempt_at <= now())
                OR (state = 'running' AND lease_until < now()))
            ORDER BY (SELECT count(*) FROM jobs r WHERE r.owner_id = j.owner_id AND r.state = 'running'), next_attempt_at
            LIMIT 1 FOR UPDATE SKIP LOCKED)
        UPDATE jobs j SET state = 'running', attempts = j.attempts + 1, fence = j.fence + 1, claimed_by = $1,
            lease_until = now() + $3, started_at = coalesce(j.started_at, now()), tried_at = now(),
            tried_done = j.progress_done
        FROM due WHERE j.id = due.id
        RETURNING j.id, j.kind, j.payload::text, j.owner_id, j.attempts, j.fence, j.trace_parent, j.created_at,
            j.progress_done, j.progress_total, j.cursor::text
        """;

    private const string Give =
        """
        WITH given AS (
            UPDATE jobs SET state = CASE WHEN $4 IS NULL THEN 'failed' ELSE 'queued' END, error = $3,
                next_attempt_at = now() + coalesce($4, interval '0'), lease_until = NULL,
                finished_at = CASE WHEN $4 IS NULL THEN now() END
            WHERE id = $1 AND fence = $2 AND state = 'running'
            RETURNING id, kind, owner_id, payload, attempts)
        INSERT INTO dead_letters (id, job_id, kind, owner_id, payload, error, attempts, created_at)
        SELECT $5, id, kind, owner_id, payload, $3, attempts, now() FROM given WHERE $4 IS NULL
        """;

    /// <summary>
    /// Adds a job within a transaction, and tells the workers once that is committed.
    /// </summary>
    /// <returns>
    /// False, with nothing added, where another of its schedule waits or runs, or was added for the same time.
    /// </returns>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection, NewJob job, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH told AS MATERIALIZED (SELECT pg_notify('jobs', $2))
            INSERT INTO jobs (id, kind, payload, owner_id, state, attempts, next_attempt_at, fence, progress_done,
                progress_total, cancel_requested, trace_parent, created_at, schedule, scheduled_for, tried_done)
            SELECT $1, $2, $3, $4, 'queued', 0, now(), 0, 0, $5, false, $6, now(), $7, $8, 0 FROM told
            ON CONFLICT DO NOTHING
            """,
            connection);
        command.Parameters.Add(new() { Value = job.Id });
        command.Parameters.Add(new() { Value = job.Kind });
        command.Parameters.Add(new() { Value = job.Payload, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(OrNull(job.OwnerId, NpgsqlDbType.Uuid));
        command.Parameters.Add(new() { Value = job.Total });
        command.Parameters.Add(OrNull(job.TraceParent, NpgsqlDbType.Text));
        command.Parameters.Add(OrNull(job.Schedule, NpgsqlDbType.Text));
        command.Parameters.Add(OrNull(job.ScheduledFor, NpgsqlDbType.TimestampTz));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The same in a transaction of its own.</summary>
    public async Task<bool> AddAsync(NewJob job, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await AddAsync(connection, job, cancellationToken);
    }

    /// <summary>Takes the job that is due first, also one whose worker was not heard of for its lease.</summary>
    public async Task<ClaimedJob?> ClaimAsync(
        string worker, string[] kinds, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Claim);
        command.Parameters.Add(new() { Value = worker });
        command.Parameters.Add(new() { Value = kinds });
        command.Parameters.Add(new() { Value = lease });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ClaimedJob(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader[3] as Guid?,
                reader.GetInt32(4),
                reader.GetInt64(5),
                reader[6] as string,
                reader.GetDateTime(7))
            {
                Done = reader.GetInt64(8),
                Total = reader.GetInt64(9),
                Cursor = reader[10] as string,
            }
            : null;
    }

    /// <summary>Says that the worker lives and how far it is.</summary>
    public async Task<JobHold> HoldAsync(
        ClaimedJob job, TimeSpan lease, long done, long total, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE jobs SET lease_until = now() + $3, progress_done = $4, progress_total = $5
            WHERE id = $1 AND fence = $2 AND state = 'running' RETURNING cancel_requested
            """);
        command.Parameters.Add(new() { Value = job.Id });
        command.Parameters.Add(new() { Value = job.Fence });
        command.Parameters.Add(new() { Value = lease });
        command.Parameters.Add(new() { Value = done });
        command.Parameters.Add(new() { Value = total });
        return await command.ExecuteScalarAsync(cancellationToken) switch
        {
            true => JobHold.CancelRequested,
            false => JobHold.Held,
            _ => JobHold.Lost,
        };
    }

    /// <summary>Ends a job in the transaction that stores its result.</summary>
    /// <returns>False where the job is another's by now: nothing may be stored.</returns>
    public static async Task<bool> TryCompleteAsync(
        NpgsqlConnection connection, ClaimedJob job, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE jobs SET state = 'succeeded', progress_done = progress_total, lease_until = NULL, error = NULL,
                finished_at = now() WHERE id = $1 AND fence = $2 AND state = 'running'
            """,
            connection);
        command.Parameters.Add(new() { Value = job.Id });
        command.Parameters.Add(new() { Value = job.Fence });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Ends a job that has no result to store.</summary>
    /// <exception cref="JobLostException">It is another's by now.</exception>
    public async Task CompleteAsync(ClaimedJob job, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await TryCompleteAsync(connection, job, cancellationToken))
        {
            throw new JobLostException();
        }
    }

    /// <summary>
    /// Keeps a job this worker's until the transaction ends: the last step before what it stores is committed.
    /// </summary>
    /// <exception cref="JobLostException">It is another's by now.</exception>
    public static async Task ConfirmAsync(
        NpgsqlConnection connection, ClaimedJob job, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT true FROM jobs WHERE id = $1 AND fence = $2 AND state = 'running' FOR SHARE", connection);
        command.Parameters.Add(new() { Value = job.Id });
        command.Parameters.Add(new() { Value = job.Fence });
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            throw new JobLostException();
        }
    }

    /// <summary>
    /// Saves how far a job is, so that the next try goes on there. Tries before it do not count any more: a job is
    /// given up when it fails three times without coming further.
    /// </summary>
    /// <exception cref="JobLostException">It is another's by now.</exception>
    public async Task AdvanceAsync(
        ClaimedJob job, string cursor, long done, long total, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE jobs SET cursor = $3, progress_done = $4, progress_total = $5, attempts = 1
            WHERE id = $1 AND fence = $2 AND state = 'running'
            """);
        command.Parameters.Add(new() { Value = job.Id });
        command.Parameters.Add(new() { Value = job.Fence });
        command.Parameters.Add(new() { Value = cursor, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = done });
        command.Parameters.Add(new() { Value = total });
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new JobLostException();
        }
    }

    /// <summary>Ends a job as its owner wants it no more.</summary>
    public Task FinishCancelledAsync(ClaimedJob job, CancellationToken cancellationToken) => ExecuteAsync(
        """
        UPDATE jobs SET state = 'cancelled', lease_until = NULL, finished_at = now()
        WHERE id = $1 AND fence = $2 AND state = 'running'
        """,
        cancellationToken,
        job.Id, job.Fence);

    /// <summary>Gives a job back that was not done as the worker stops; the try does not count.</summary>
    public Task ReleaseAsync(ClaimedJob job, CancellationToken cancellationToken) => ExecuteAsync(
        """
        WITH told AS MATERIALIZED (SELECT pg_notify('jobs', $3))
        UPDATE jobs SET state = 'queued', attempts = attempts - 1, lease_until = NULL, next_attempt_at = now() FROM told
        WHERE id = $1 AND fence = $2 AND state = 'running'
        """,
        cancellationToken,
        job.Id, job.Fence, job.Kind);

    /// <summary>Writes down that a try failed.</summary>
    /// <param name="job">The try.</param>
    /// <param name="error">What went wrong, fit for the owner.</param>
    /// <param name="retryAfter">When the next is due; null gives the job up and keeps it as a dead letter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FailAsync(
        ClaimedJob job, string error, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Give);
        command.Parameters.Add(new() { Value = job.Id });
        command.Parameters.Add(new() { Value = job.Fence });
        command.Parameters.Add(new() { Value = error });
        command.Parameters.Add(OrNull(retryAfter, NpgsqlDbType.Interval));
        command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ends a job that waits; asks the worker to end one that runs.</summary>
    /// <returns>False where the owner has no such job that is not over.</returns>
    public async Task<bool> CancelAsync(Guid owner, Guid job, CancellationToken cancellationToken) => await ExecuteAsync(
        """
        UPDATE jobs SET cancel_requested = true,
            state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END,
            finished_at = CASE WHEN state = 'queued' THEN now() END
        WHERE id = $2 AND owner_id = $1 AND state IN ('queued', 'running')
        """,
        cancellationToken,
        owner, job) == 1;

    /// <summary>The same for any job of a kind, whoever asked for it.</summary>
    public async Task<bool> CancelAsync(string kind, Guid job, CancellationToken cancellationToken) => await ExecuteAsync(
        """
        UPDATE jobs SET cancel_requested = true,
            state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END,
            finished_at = CASE WHEN state = 'queued' THEN now() END
        WHERE id = $2 AND kind = $1 AND state IN ('queued', 'running')
        """,
        cancellationToken,
        kind, job) == 1;

    /// <summary>
    /// Removes what has been over for longer, of schedules what went well already after the shorter time. A job that
    /// may be replayed stays.
    /// </summary>
    public Task<int> ForgetAsync(TimeSpan older, TimeSpan scheduledOlder, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            DELETE FROM jobs j
            WHERE (finished_at < now() - $1
                OR (finished_at < now() - $2 AND schedule IS NOT NULL AND state = 'succeeded'))
              AND NOT EXISTS (SELECT FROM dead_letters d WHERE d.job_id = j.id AND d.replayed_at IS NULL)
            """,
            cancellationToken,
            older, scheduledOlder);

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trading.Data.Jobs;

namespace Trading.Data.Backtests;

/// <summary>Backtests of users; nobody's but the asker's are found.</summary>
public sealed class BacktestStore(NpgsqlDataSource database)
{
    /// <summary>The kind of the jobs that run backtests.</summary>
    public const string JobKind = "backtest";

    private const string Select =
        """
        SELECT b.id, b.name, b.strategy, b.spec::text,
            CASE WHEN b.is_done THEN 'succeeded' ELSE coalesce(j.state, 'failed') END,
            CASE WHEN b.is_done THEN NULL ELSE j.error END,
            j.progress_done, j.progress_total, b.trial_count, b.created_at, j.started_at,
            coalesce(b.finished_at, j.finished_at), b.is_done,
            b.total_return, b.cagr, b.volatility, b.sharpe, b.max_drawdown, b.win_rate, b.profit_factor, b.trade_count,
            b.deflated_sharpe, b.looks_ahead, b.bar_count, b.duration_ms
        FROM backtests b LEFT JOIN jobs j ON j.id = b.job_id
        """;

    private const string Insert =
        """
        INSERT INTO backtests (id, user_id, job_id, name, strategy, spec, is_done, trial_count, bar_count, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, false, $7, $8, now())
        """;

    private const string Finish =
        """
        UPDATE backtests SET is_done = true, finished_at = now(), total_return = $2, cagr = $3, volatility = $4,
            sharpe = $5, max_drawdown = $6, win_rate = $7, profit_factor = $8, trade_count = $9, deflated_sharpe = $10,
            looks_ahead = $11, bar_count = $12, duration_ms = $13, result = $14, equity = $15, trades = $16
        WHERE id = $1 AND NOT is_done
        """;

    /// <summary>Stores a backtest that was run already, with its result.</summary>
    public async Task AddAsync(NewBacktest backtest, StoredResult result, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await InsertAsync(connection, backtest, null, cancellationToken);
        await FinishAsync(connection, backtest.Id, result, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Stores a backtest and the job that runs it.</summary>
    /// <param name="backtest">The backtest.</param>
    /// <param name="most">How many of a user may wait or run.</param>
    /// <param name="traceParent">The trace that the job goes on with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False, with nothing stored, where the user has as many already.</returns>
    public async Task<bool> TryQueueAsync(
        NewBacktest backtest, int most, string? traceParent, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await CountActiveAsync(connection, backtest.UserId, cancellationToken) >= most)
        {
            return false;
        }

        var payload = $$"""{"backtest_id":"{{backtest.Id}}"}""";
        await InsertAsync(connection, backtest, backtest.Id, cancellationToken);
        await JobQueue.AddAsync(
            connection,
            new NewJob(backtest.Id, JobKind, payload, backtest.UserId, backtest.Trials, traceParent),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Stores the result of a job, if that is still the worker's.</summary>
    /// <returns>False where nothing was stored, as another has the job, or the backtest is gone.</returns>
    public async Task<bool> TryFinishAsync(ClaimedJob job, StoredResult result, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await JobQueue.TryCompleteAsync(connection, job, cancellationToken)
            || !await FinishAsync(connection, job.Id, result, cancellationToken))
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>What a job has to run; null where its backtest is gone.</summary>
    public async Task<BacktestSpec?> FindSpecAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT spec::text FROM backtests WHERE id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellationToken) is string spec ? ReadSpec(spec) : null;
    }

    /// <summary>A user's backtests, newest first.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="before">Only older than this id; null from the newest.</param>
    /// <param name="limit">The most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<BacktestRow>> ListAsync(
        Guid user, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"{Select} WHERE b.user_id = $1 AND b.id < $2 ORDER BY b.id DESC LIMIT $3");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = before ?? Guid.AllBitsSet });
        command.Parameters.Add(new() { Value = limit });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Some of a user's backtests; those of others, or of none, are missing.</summary>
    public async Task<IReadOnlyList<BacktestRow>> FindAsync(
        Guid user, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"{Select} WHERE b.user_id = $1 AND b.id = ANY ($2)");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = ids });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>A part of a result as it is stored; null where the user has no such result.</summary>
    public async Task<byte[]?> ReadAsync(Guid user, Guid id, BacktestPart part, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(part switch
        {
            BacktestPart.Result => "SELECT result FROM backtests WHERE user_id = $1 AND id = $2 AND is_done",
            BacktestPart.Equity => "SELECT equity FROM backtests WHERE user_id = $1 AND id = $2 AND is_done",
            _ => "SELECT trades FROM backtests WHERE user_id = $1 AND id = $2 AND is_done",
        });
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <summary>Removes a backtest, and its job before anybody does it.</summary>
    public async Task<bool> DeleteAsync(Guid user, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            WITH gone AS (DELETE FROM backtests WHERE user_id = $1 AND id = $2 RETURNING job_id),
            job AS (DELETE FROM jobs j USING gone WHERE j.id = gone.job_id)
            SELECT count(*) FROM gone
            """);
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    // The lock makes the count hold until the job is in: two requests at once cannot both be the last that may.
    private static async Task<long> CountActiveAsync(
        NpgsqlConnection connection, Guid user, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT pg_advisory_xact_lock(hashtextextended('jobs of ' || $1::text, 0));
            """,
            connection);
        command.Parameters.Add(new() { Value = user });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM jobs WHERE owner_id = $1 AND kind = $2 AND state IN ('queued', 'running')", connection);
        count.Parameters.Add(new() { Value = user });
        count.Parameters.Add(new() { Value = JobKind });
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task InsertAsync(
        NpgsqlConnection connection, NewBacktest backtest, Guid? job, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.Add(new() { Value = backtest.Id });
        command.Parameters.Add(new() { Value = backtest.UserId });
        command.Parameters.Add(OrNull(job, NpgsqlDbType.Uuid));
        command.Parameters.Add(OrNull(backtest.Name, NpgsqlDbType.Text));
        command.Parameters.Add(new() { Value = backtest.Spec.Label });
        command.Parameters.Add(new()
        {
            Value = JsonSerializer.Serialize(backtest.Spec, BacktestJson.Default.BacktestSpec),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new() { Value = backtest.Trials });
        command.Parameters.Add(new() { Value = backtest.Bars });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> FinishAsync(
        NpgsqlConnection connection, Guid id, StoredResult result, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Finish, connection);
        var figures = result.Figures;
        command.Parameters.Add(new() { Value = id });
        foreach (var figure in new[]
        {
            figures.TotalReturn, figures.Cagr, figures.Volatility, figures.Sharpe, figures.MaxDrawdown, figures.WinRate,
            figures.ProfitFactor,
        })
        {
            command.Parameters.Add(OrNull(figure, NpgsqlDbType.Double));
        }

        command.Parameters.Add(new() { Value = figures.Trades });
        command.Parameters.Add(OrNull(figures.DeflatedSharpe, NpgsqlDbType.Double));
        command.Parameters.Add(new() { Value = figures.LooksAhead });
        command.Parameters.Add(new() { Value = figures.Bars });
        command.Parameters.Add(new() { Value = figures.DurationMs });
        command.Parameters.Add(new() { Value = result.Result });
        command.Parameters.Add(new() { Value = result.Equity });
        command.Parameters.Add(new() { Value = result.Trades });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task<IReadOnlyList<BacktestRow>> ReadAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<BacktestRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new BacktestRow
            {
                Id = reader.GetGuid(0),
                Name = reader[1] as string,
                Strategy = reader.GetString(2),
                Spec = ReadSpec(reader.GetString(3)),
                State = reader.GetString(4),
                Error = reader[5] as string,
                Done = reader[6] as long? ?? 0,
                Total = reader[7] as long? ?? 0,
                TrialCount = reader.GetInt32(8),
                CreatedAt = reader.GetDateTime(9),
                StartedAt = reader[10] as DateTime?,
                FinishedAt = reader[11] as DateTime?,
                Figures = reader.GetBoolean(12) ? ReadFigures(reader) : null,
            });
        }

        return rows;
    }

    private static StoredFigures ReadFigures(NpgsqlDataReader row) => new(
        row[13] as double?,
        row[14] as double?,
        row[15] as double?,
        row[16] as double?,
        row[17] as double?,
        row[18] as double?,
        row[19] as double?,
        row.GetInt32(20),
        row[21] as double?,
        row.GetBoolean(22),
        row.GetInt64(23),
        row.GetDouble(24));

    private static BacktestSpec ReadSpec(string text) =>
        JsonSerializer.Deserialize(text, BacktestJson.Default.BacktestSpec)
        ?? throw new JsonException("The backtest says nothing of what to run.");

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

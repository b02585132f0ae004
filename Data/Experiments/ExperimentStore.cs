using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Experiments;

/// <summary>Experiments of users; nobody's but the asker's are found.</summary>
public sealed class ExperimentStore(NpgsqlDataSource database)
{
    private const string Insert =
        """
        INSERT INTO experiments (id, user_id, name, spec, interval, instrument_ids, counts_from, state, bar_count,
            revision_count, started_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, 'running', 0, 0, $8
        WHERE (SELECT count(*) FROM experiments WHERE user_id = $2 AND state = 'running') < $9
            AND (SELECT count(*) FROM experiments WHERE user_id = $2) < $10
        """;

    /// <summary>Begins an experiment.</summary>
    /// <param name="experiment">What is run.</param>
    /// <param name="mostRunning">How many of a user may run.</param>
    /// <param name="most">How many of a user there may be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False, with nothing stored, where the user has as many already.</returns>
    public async Task<bool> TryAddAsync(
        NewExperiment experiment, int mostRunning, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // One after the other, so that requests that come at once are counted too.
        await using var turn = new NpgsqlCommand("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE", connection);
        turn.Parameters.Add(new() { Value = experiment.UserId });
        await turn.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Insert, connection);
        var spec = experiment.Spec;
        command.Parameters.Add(new() { Value = experiment.Id });
        command.Parameters.Add(new() { Value = experiment.UserId });
        command.Parameters.Add(new() { Value = experiment.Name ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new()
        {
            Value = JsonSerializer.Serialize(spec, ExperimentJson.Default.ExperimentSpec),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new() { Value = spec.Interval });
        command.Parameters.Add(new() { Value = spec.Instruments.Select(instrument => instrument.Id).ToArray() });
        command.Parameters.Add(new() { Value = spec.Settings.From!.Value });
        command.Parameters.Add(new() { Value = experiment.StartedAt });
        command.Parameters.Add(new() { Value = mostRunning });
        command.Parameters.Add(new() { Value = most });
        var added = await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added == 1;
    }

    /// <summary>A user's experiments, newest first.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="before">Only older than this id; null from the newest.</param>
    /// <param name="limit">The most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ExperimentRow>> ListAsync(
        Guid user, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT {ExperimentRows.Columns} FROM experiments e WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = before ?? Guid.AllBitsSet });
        command.Parameters.Add(new() { Value = limit });
        return await ExperimentRows.ReadAsync(command, cancellationToken);
    }

    /// <summary>One of a user's experiments; null where there is none of this id.</summary>
    public async Task<ExperimentRow?> FindAsync(Guid user, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT {ExperimentRows.Columns} FROM experiments e WHERE user_id = $1 AND id = $2");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = id });
        return (await ExperimentRows.ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The points of one of a user's experiments, oldest first; without any where it has none.</summary>
    public async Task<ExperimentColumns> PointsAsync(Guid user, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT p.time, p.equity, p.invested FROM experiment_points p JOIN experiments e ON e.id = p.experiment_id
            WHERE e.user_id = $1 AND e.id = $2 ORDER BY p.number
            """);
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (times, equity, invested) = (new List<DateTime>(), new List<double[]>(), new List<double[]>());
        while (await reader.ReadAsync(cancellationToken))
        {
            times.Add(reader.GetDateTime(0));
            equity.Add(await reader.GetFieldValueAsync<double[]>(1, cancellationToken));
            invested.Add(await reader.GetFieldValueAsync<double[]>(2, cancellationToken));
        }

        return new([.. times], [.. equity], [.. invested]);
    }

    /// <summary>Ends a user's experiment that runs; what came of it stays.</summary>
    /// <returns>False where the user has none of this id that runs.</returns>
    public async Task<bool> StopAsync(Guid user, Guid id, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE experiments SET state = 'stopped', finished_at = $3
            WHERE user_id = $1 AND id = $2 AND state = 'running'
            """);
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = now });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Removes a user's experiment with its points.</summary>
    public async Task<bool> DeleteAsync(Guid user, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM experiments WHERE user_id = $1 AND id = $2");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}

/// <summary>An experiment that begins.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Name">What the user calls it.</param>
/// <param name="Spec">What is run.</param>
/// <param name="StartedAt">What closed before is no more than warm-up.</param>
public sealed record NewExperiment(Guid Id, Guid UserId, string? Name, ExperimentSpec Spec, DateTime StartedAt);

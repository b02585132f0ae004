using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Trading.Data.Strategies;

/// <summary>Users' strategies: changed by their owners only, read by others while they are shared.</summary>
public sealed class StrategyStore(NpgsqlDataSource database, IDbContextFactory<TradingDbContext> contexts)
{
    public const int MostVersions = 1000;

    private const string Insert =
        """
        WITH strategy AS (
            INSERT INTO strategies (id, owner_id, name, description, visibility, version, revision, created_at, updated_at)
            SELECT $1, $2, $3, $4, 'private', 1, 1, $6, $6
            WHERE (SELECT count(*) FROM strategies WHERE owner_id = $2) < $7
            RETURNING id)
        INSERT INTO strategy_versions (strategy_id, number, source, created_at)
        SELECT strategy.id, 1, $5, $6 FROM strategy
        """;

    // A text that stays is no version.
    private const string Update =
        """
        WITH changed AS (
            UPDATE strategies s SET name = $4, description = $5, revision = s.revision + 1, updated_at = $7,
                version = s.version + CASE WHEN v.source = $6 THEN 0 ELSE 1 END
            FROM strategy_versions v
            WHERE s.id = $2 AND s.owner_id = $1 AND s.revision = $3 AND v.strategy_id = s.id AND v.number = s.version
                AND s.version < $8
            RETURNING s.id, s.version, v.source <> $6 AS is_new),
        added AS (
            INSERT INTO strategy_versions (strategy_id, number, source, created_at)
            SELECT id, version, $6, $7 FROM changed WHERE is_new)
        SELECT id FROM changed
        """;

    /// <summary>Adds a private strategy, unless its owner has <paramref name="most"/> already.</summary>
    public async Task<bool> TryAddAsync(
        StrategyRow strategy, string source, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // One after the other, so that requests that come at once are counted too.
        await using var turn = new NpgsqlCommand("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE", connection)
        {
            Parameters = { new() { Value = strategy.OwnerId } },
        };
        await turn.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                new() { Value = strategy.Id },
                new() { Value = strategy.OwnerId },
                new() { Value = strategy.Name },
                new() { Value = strategy.Description },
                new() { Value = source },
                new() { Value = strategy.CreatedAt },
                new() { Value = most },
            },
        };
        var added = await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added == 1;
    }

    /// <summary>One's own strategies, or those that others share, newest first.</summary>
    public async Task<IReadOnlyList<StrategyRow>> ListAsync(
        Guid user, bool isOwn, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<StrategyRow>().AsNoTracking()
            .Where(row => isOwn
                ? row.OwnerId == user
                : row.Visibility == StrategyRow.Shared && row.OwnerId != user)
            .Where(row => before == null || row.Id < before)
            .OrderByDescending(row => row.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>A strategy that the user may read, with one of its texts.</summary>
    /// <param name="user">Who reads.</param>
    /// <param name="id">The strategy's id.</param>
    /// <param name="version">Which version; null for the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StoredStrategy?> FindAsync(
        Guid user, Guid id, int? version, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await Readable(context, user, id)
            .Join(
                context.Set<StrategyVersionRow>().AsNoTracking(),
                strategy => strategy.Id,
                text => text.StrategyId,
                (strategy, text) => new { Strategy = strategy, Text = text })
            .FirstOrDefaultAsync(
                row => row.Text.Number == (version ?? row.Strategy.Version), cancellationToken);
        return found is null ? null : new(found.Strategy, found.Text);
    }

    /// <summary>The versions of a strategy that the user may read, newest first; null where there is none such.</summary>
    public async Task<IReadOnlyList<StrategyVersionRow>?> ListVersionsAsync(
        Guid user, Guid id, int? before, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await Readable(context, user, id).AnyAsync(cancellationToken))
        {
            return null;
        }

        return await context.Set<StrategyVersionRow>().AsNoTracking()
            .Where(row => row.StrategyId == id && (before == null || row.Number < before))
            .OrderByDescending(row => row.Number)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Changes name, description and text; another text becomes another version.</summary>
    /// <param name="seen">The strategy as it was read, with its new name, description and time.</param>
    /// <param name="source">The new text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StrategyChange> ChangeAsync(
        StrategyRow seen, string source, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Update);
        command.Parameters.Add(new() { Value = seen.OwnerId });
        command.Parameters.Add(new() { Value = seen.Id });
        command.Parameters.Add(new() { Value = seen.Revision });
        command.Parameters.Add(new() { Value = seen.Name });
        command.Parameters.Add(new() { Value = seen.Description });
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = seen.UpdatedAt });
        command.Parameters.Add(new() { Value = MostVersions });
        if (await command.ExecuteScalarAsync(cancellationToken) is not null)
        {
            return StrategyChange.Done;
        }

        return await FindAsync(seen.OwnerId, seen.Id, null, cancellationToken) switch
        {
            { Strategy: var now } when now.OwnerId != seen.OwnerId => StrategyChange.NotFound,
            { Strategy: { Version: >= MostVersions } now } when now.Revision == seen.Revision => StrategyChange.Full,
            null => StrategyChange.NotFound,
            _ => StrategyChange.Outdated,
        };
    }

    /// <summary>Shares a strategy, or no more; false where the user owns none of that id.</summary>
    public Task<bool> SetVisibilityAsync(
        Guid user, Guid id, string visibility, DateTime now, CancellationToken cancellationToken) => DoAsync(
        """
        UPDATE strategies SET visibility = $3, revision = revision + 1, updated_at = $4 WHERE owner_id = $1 AND id = $2
        """,
        cancellationToken,
        user,
        id,
        visibility,
        now);

    /// <summary>Removes a strategy with its versions; false where the user owns none of that id.</summary>
    public Task<bool> DeleteAsync(Guid user, Guid id, CancellationToken cancellationToken) =>
        DoAsync("DELETE FROM strategies WHERE owner_id = $1 AND id = $2", cancellationToken, user, id);

    private static IQueryable<StrategyRow> Readable(TradingDbContext context, Guid user, Guid id) =>
        context.Set<StrategyRow>().AsNoTracking()
            .Where(row => row.Id == id && (row.OwnerId == user || row.Visibility == StrategyRow.Shared));

    private async Task<bool> DoAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}

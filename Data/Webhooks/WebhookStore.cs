using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Webhooks;

/// <summary>Webhooks, each seen by its owner only.</summary>
public sealed class WebhookStore(NpgsqlDataSource database, IDbContextFactory<TradingDbContext> contexts)
{
    /// <summary>How long a secret that was replaced signs too.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>Adds a webhook, unless its owner has <paramref name="most"/> already.</summary>
    public async Task<bool> TryAddAsync(Webhook webhook, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // One after the other, so that requests that come at once are counted too.
        await using var turn = new NpgsqlCommand("SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE", connection)
        {
            Parameters = { new() { Value = webhook.UserId } },
        };
        await turn.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO webhooks (id, user_id, url, events, secret, created_at)
            SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM webhooks WHERE user_id = $2) < $7
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = webhook.Id },
                new() { Value = webhook.UserId },
                new() { Value = webhook.Url },
                new() { Value = webhook.Events },
                new() { Value = webhook.Secret },
                new() { Value = webhook.CreatedAt },
                new() { Value = most },
            },
        };
        var added = await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added == 1;
    }

    public async Task<IReadOnlyList<Webhook>> ListAsync(Guid user, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<Webhook>().AsNoTracking()
            .Where(row => row.UserId == user).OrderByDescending(row => row.Id).ToListAsync(cancellationToken);
    }

    public async Task<Webhook?> FindAsync(Guid user, Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<Webhook>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.UserId == user && row.Id == id, cancellationToken);
    }

    /// <summary>Changes what is not null; false where the user has none of that id. What goes on has not failed yet.</summary>
    public Task<bool> ChangeAsync(
        Guid user, Guid id, string? url, string[]? events, bool? paused, CancellationToken cancellationToken) => DoAsync(
        """
        UPDATE webhooks SET url = coalesce($3, url), events = coalesce($4, events),
            paused_at = CASE WHEN $5 IS NULL THEN paused_at WHEN $5 THEN coalesce(paused_at, now()) END,
            failing_since = CASE WHEN $5 = false OR $3 <> url THEN NULL ELSE failing_since END
        WHERE user_id = $1 AND id = $2
        """,
        cancellationToken,
        new() { Value = user },
        new() { Value = id },
        new() { Value = url ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        new() { Value = events ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        new() { Value = paused ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean });

    /// <summary>Replaces the secret; the one so far signs too for <see cref="Overlap"/>.</summary>
    public Task<bool> RotateAsync(Guid user, Guid id, string secret, CancellationToken cancellationToken) => DoAsync(
        """
        UPDATE webhooks SET previous_secret = secret, previous_secret_until = now() + $4, secret = $3
        WHERE user_id = $1 AND id = $2
        """,
        cancellationToken,
        new() { Value = user },
        new() { Value = id },
        new() { Value = secret },
        new() { Value = Overlap });

    /// <summary>Removes a webhook with its deliveries.</summary>
    public Task<bool> DeleteAsync(Guid user, Guid id, CancellationToken cancellationToken) => DoAsync(
        "DELETE FROM webhooks WHERE user_id = $1 AND id = $2",
        cancellationToken,
        new() { Value = user },
        new() { Value = id });

    private async Task<bool> DoAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}

using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Accounts;

/// <summary>Changes of accounts that are right also where several come at once.</summary>
public sealed class AccountChanges(NpgsqlDataSource database, AccountStore accounts)
{
    // In the order of ids, so that two admins who change each other wait for one another and not in a circle.
    private const string Lock = "SELECT 1 FROM users WHERE id = $1 OR id = $2 ORDER BY id FOR NO KEY UPDATE";

    private const string IsAdmin =
        """
        SELECT EXISTS (SELECT 1 FROM users u JOIN user_roles m ON m.user_id = u.id JOIN roles r ON r.id = m.role_id
        WHERE u.id = $1 AND u.disabled_at IS NULL AND r.name = 'admin')
        """;

    private const string Change =
        """
        UPDATE users SET tier = coalesce($2, tier), concurrency_stamp = gen_random_uuid()::text,
            disabled_at = CASE WHEN $3 IS NULL THEN disabled_at WHEN $3 THEN coalesce(disabled_at, $4) END
        WHERE id = $1
        """;

    private const string Take =
        "DELETE FROM user_roles m USING roles r WHERE m.user_id = $1 AND r.id = m.role_id AND NOT r.name = ANY ($2)";

    private const string Give =
        "INSERT INTO user_roles (user_id, role_id) SELECT $1, id FROM roles WHERE name = ANY ($2) ON CONFLICT DO NOTHING";

    /// <summary>
    /// Sets a password unless it was changed, or the account disabled, since <paramref name="read"/> was read: one link
    /// sets one password.
    /// </summary>
    public async Task<bool> TrySetPasswordAsync(
        User read, string hash, string newStamp, bool isConfirmed, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE users SET password_hash = $3, security_stamp = $4, concurrency_stamp = $4, email_confirmed = email_confirmed OR $5
            WHERE id = $1 AND security_stamp IS NOT DISTINCT FROM $2 AND disabled_at IS NULL
            """);
        command.Parameters.Add(new() { Value = read.Id });
        command.Parameters.Add(new()
        {
            Value = read.SecurityStamp ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text,
        });
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = newStamp });
        command.Parameters.Add(new() { Value = isConfirmed });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task ConfirmEmailAsync(Guid user, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "UPDATE users SET email_confirmed = true, concurrency_stamp = gen_random_uuid()::text WHERE id = $1");
        command.Parameters.Add(new() { Value = user });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Changes an account for an admin, all of it or nothing. As no admin can drop out by their own hand, and one who
    /// was just dropped changes nothing any more, one admin always stays.
    /// </summary>
    public async Task<(UserChangeOutcome Outcome, User? User, string[] Roles)> ChangeAsync(
        UserChange change, DateTime now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await RunAsync(connection, Command(Lock, change.User, change.Admin), cancellationToken);
        await using var isAdmin = new NpgsqlCommand(IsAdmin, connection) { Parameters = { new() { Value = change.Admin } } };
        if (await isAdmin.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return (UserChangeOutcome.NotAllowed, null, []);
        }

        if (await RunAsync(connection, CommandFor(change, now), cancellationToken) == 0)
        {
            return (UserChangeOutcome.NotFound, null, []);
        }

        if (change.Roles is { } roles)
        {
            await RunAsync(connection, Command(Take, change.User, roles), cancellationToken);
            await RunAsync(connection, Command(Give, change.User, roles), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return await accounts.FindAsync(change.User, cancellationToken) is var (user, has)
            ? (UserChangeOutcome.Changed, user, has)
            : (UserChangeOutcome.NotFound, null, []);
    }

    private static NpgsqlBatchCommand Command(string text, params object[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    private static NpgsqlBatchCommand CommandFor(UserChange change, DateTime now) => new(Change)
    {
        Parameters =
        {
            new() { Value = change.User },
            new() { Value = change.Tier ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = change.Disabled ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean },
            new() { Value = now },
        },
    };

    private static async Task<int> RunAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}

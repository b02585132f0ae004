using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Trading.Data.Schema;

/// <summary>Brings the database to the newest schema; safe to run from any number of services at once.</summary>
public sealed class SchemaMigrator(NpgsqlDataSource dataSource, IDbContextFactory<TradingDbContext> contexts)
{
    /// <summary>Migrates under a lock of the database: whoever comes second waits, then finds nothing to do.</summary>
    /// <returns>The migrations that this call applied.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await IsCurrentAsync(connection, cancellationToken))
        {
            return [];
        }

        await using var migrationLock = await DatabaseLock.AcquireAsync(
            connection, DatabaseLock.Migration, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToArray();
        if (pending.Length > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        return pending;
    }

    // EF Core would build its whole model to find out: a second of every start, when mostly there is nothing to do.
    private static async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(
                "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var missing = Known().ToHashSet(StringComparer.Ordinal);
            while (await reader.ReadAsync(cancellationToken))
            {
                missing.Remove(reader.GetString(0));
            }

            return missing.Count == 0;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }

    private static IEnumerable<string> Known() =>
        typeof(SchemaMigrator).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>();
}

using Microsoft.EntityFrameworkCore;
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
}

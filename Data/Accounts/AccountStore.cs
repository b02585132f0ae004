using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Trading.Data.Accounts;

/// <summary>What ASP.NET Core Identity's own store does not do: lists, and accounts that are added once.</summary>
public sealed class AccountStore(NpgsqlDataSource database, IDbContextFactory<TradingDbContext> contexts)
{
    /// <summary>Accounts by address, with their roles.</summary>
    public async Task<IReadOnlyList<(User User, string[] Roles)>> ListAsync(
        string? search, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pattern = search is null ? null : $"%{search.ToUpperInvariant().Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        var users = await context.Users.AsNoTracking()
            .Where(user => pattern == null || EF.Functions.Like(user.NormalizedEmail!, pattern))
            .Where(user => after == null || string.Compare(user.NormalizedEmail, after) > 0)
            .OrderBy(user => user.NormalizedEmail)
            .Take(limit)
            .Select(user => new
            {
                User = user,
                Roles = context.UserRoles.Where(role => role.UserId == user.Id)
                    .Join(context.Roles, role => role.RoleId, known => known.Id, (_, known) => known.Name!).ToArray(),
            })
            .ToListAsync(cancellationToken);
        return [.. users.Select(found => (found.User, found.Roles))];
    }

    /// <summary>
    /// Adds the first account, where there is none; false where there is one. Replicas that start at once add one.
    /// </summary>
    public async Task<bool> TryAddFirstAsync(User user, string role, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var guard = await DatabaseLock.AcquireAsync(connection, DatabaseLock.FirstAccount, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Users.AnyAsync(cancellationToken))
        {
            return false;
        }

        await AddAsync(context, user, role, cancellationToken);
        return true;
    }

    /// <summary>Adds an account with a role; false where its address has one, also one that came at the same time.</summary>
    public async Task<bool> TryAddAsync(User user, string role, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await AddAsync(context, user, role, cancellationToken);
            return true;
        }
        catch (DbUpdateException error) when (
            error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }

    /// <summary>Who a refreshed session belongs to, as of now.</summary>
    public async Task<(User User, string[] Roles)?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
        if (user is null)
        {
            return null;
        }

        var roles = await context.UserRoles.Where(role => role.UserId == id)
            .Join(context.Roles, role => role.RoleId, known => known.Id, (_, known) => known.Name!)
            .ToArrayAsync(cancellationToken);
        return (user, roles);
    }

    private static async Task AddAsync(
        TradingDbContext context, User user, string role, CancellationToken cancellationToken)
    {
        context.Users.Add(user);
        var roleId = await context.Roles.Where(known => known.Name == role).Select(known => known.Id)
            .SingleAsync(cancellationToken);
        context.UserRoles.Add(new() { UserId = user.Id, RoleId = roleId });
        await context.SaveChangesAsync(cancellationToken);
    }
}

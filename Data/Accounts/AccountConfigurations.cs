using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Accounts;

/// <summary>The tables of accounts. Columns are named after their properties, in snake_case.</summary>
internal static class AccountConfigurations
{
    private static readonly (string Id, string Name)[] _roles =
    [
        ("0198c5a0-0000-7000-8000-000000000001", "viewer"),
        ("0198c5a0-0000-7000-8000-000000000002", "trader"),
        ("0198c5a0-0000-7000-8000-000000000003", "analyst"),
        ("0198c5a0-0000-7000-8000-000000000004", "admin"),
    ];

    public static void Configure(ModelBuilder model)
    {
        model.Entity<IdentityRole<Guid>>().HasData(_roles.Select(role => new IdentityRole<Guid>(role.Name)
        {
            Id = Guid.Parse(role.Id),
            NormalizedName = role.Name.ToUpperInvariant(),
            ConcurrencyStamp = role.Id,
        }));
        model.Entity<Session>(Configure);
        model.Entity<RefreshToken>(Configure);
        model.Entity<ApiKey>(Configure);
        model.Entity<DataProtectionKey>().Property(row => row.Id).UseIdentityByDefaultColumn();

        Name<User>(model, "users");
        Name<IdentityRole<Guid>>(model, "roles");
        Name<IdentityUserRole<Guid>>(model, "user_roles");
        Name<IdentityUserClaim<Guid>>(model, "user_claims");
        Name<IdentityUserLogin<Guid>>(model, "user_logins");
        Name<IdentityUserToken<Guid>>(model, "user_tokens");
        Name<IdentityRoleClaim<Guid>>(model, "role_claims");
        Name<Session>(model, "sessions");
        Name<RefreshToken>(model, "refresh_tokens");
        Name<ApiKey>(model, "api_keys");
        Name<DataProtectionKey>(model, "data_protection_keys");
    }

    private static void Configure(EntityTypeBuilder<Session> sessions)
    {
        sessions.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        sessions.HasIndex(row => new { row.UserId, row.CreatedAt });
    }

    private static void Configure(EntityTypeBuilder<RefreshToken> tokens)
    {
        tokens.HasKey(row => row.Hash);
        tokens.HasOne<Session>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        tokens.HasIndex(row => row.ExpiresAt);
    }

    private static void Configure(EntityTypeBuilder<ApiKey> keys)
    {
        keys.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        keys.HasIndex(row => row.Hash).IsUnique();
        keys.HasIndex(row => new { row.UserId, row.CreatedAt });
    }

    private static void Name<TEntity>(ModelBuilder model, string table)
        where TEntity : class
    {
        var entity = model.Entity<TEntity>().ToTable(table).Metadata;
        foreach (var property in entity.GetProperties())
        {
            property.SetColumnName(Snake(property.Name));
        }

        foreach (var key in entity.GetKeys())
        {
            key.SetName(key.IsPrimaryKey() ? $"pk_{table}" : $"ak_{table}_{Names(key.Properties)}");
        }

        foreach (var key in entity.GetForeignKeys())
        {
            key.SetConstraintName($"fk_{table}_{Names(key.Properties)}");
        }

        foreach (var index in entity.GetIndexes())
        {
            index.SetDatabaseName($"{(index.IsUnique ? "ux" : "ix")}_{table}_{Names(index.Properties)}");
        }
    }

    private static string Names(IEnumerable<IReadOnlyProperty> properties) =>
        string.Join('_', properties.Select(property => Snake(property.Name)));

    private static string Snake(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) ? (index > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Data.Accounts;

namespace Trading.Data.Strategies;

/// <summary>A strategy that a user wrote; its texts are <see cref="StrategyVersionRow"/>.</summary>
public sealed class StrategyRow
{
    public const string Private = "private";

    /// <summary>Every signed-in user may read it.</summary>
    public const string Shared = "shared";

    public Guid Id { get; init; }

    public Guid OwnerId { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Visibility { get; init; }

    /// <summary>The newest version.</summary>
    public int Version { get; init; }

    /// <summary>Counts every change, of name and visibility too; who changes says which one was seen.</summary>
    public int Revision { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }
}

internal sealed class StrategyRowConfiguration : IEntityTypeConfiguration<StrategyRow>
{
    public void Configure(EntityTypeBuilder<StrategyRow> builder)
    {
        builder.ToTable("strategies", table => table.HasCheckConstraint(
            "ck_strategies_visibility", "visibility IN ('private', 'shared')"));
        builder.HasKey(row => row.Id).HasName("pk_strategies");
        builder.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(row => row.OwnerId).HasColumnName("owner_id");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Description).HasColumnName("description");
        builder.Property(row => row.Visibility).HasColumnName("visibility");
        builder.Property(row => row.Version).HasColumnName("version");
        builder.Property(row => row.Revision).HasColumnName("revision");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.OwnerId)
            .HasConstraintName("fk_strategies_owner_id").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.OwnerId, row.Id }).HasDatabaseName("ix_strategies_owner_id");
        builder.HasIndex(row => row.Id).HasFilter("visibility = 'shared'").HasDatabaseName("ix_strategies_shared");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Strategies;

/// <summary>A text of a strategy. It never changes: a change is another version.</summary>
public sealed class StrategyVersionRow
{
    public Guid StrategyId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public int Number { get; init; }

    public required string Source { get; init; }

    public DateTime CreatedAt { get; init; }
}

internal sealed class StrategyVersionRowConfiguration : IEntityTypeConfiguration<StrategyVersionRow>
{
    public void Configure(EntityTypeBuilder<StrategyVersionRow> builder)
    {
        builder.ToTable("strategy_versions");
        builder.HasKey(row => new { row.StrategyId, row.Number }).HasName("pk_strategy_versions");
        builder.Property(row => row.StrategyId).HasColumnName("strategy_id");
        builder.Property(row => row.Number).HasColumnName("number");
        builder.Property(row => row.Source).HasColumnName("source");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.HasOne<StrategyRow>().WithMany().HasForeignKey(row => row.StrategyId)
            .HasConstraintName("fk_strategy_versions_strategy_id").OnDelete(DeleteBehavior.Cascade);
    }
}

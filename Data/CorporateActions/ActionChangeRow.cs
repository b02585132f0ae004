using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Domain.Market;

namespace Trading.Data.CorporateActions;

/// <summary>One change of a corporate action; only ever added to.</summary>
public sealed class ActionChangeRow
{
    public long Id { get; init; }

    public int InstrumentId { get; init; }

    public DateOnly ExDate { get; init; }

    public CorporateActionKind Kind { get; init; }

    /// <summary>Null where it was not there, or withdrawn.</summary>
    public double? OldValue { get; init; }

    /// <summary>Null where it was withdrawn.</summary>
    public double? NewValue { get; init; }

    public required string Source { get; init; }

    public DateTime ChangedAt { get; init; }
}

internal sealed class ActionChangeConfiguration : IEntityTypeConfiguration<ActionChangeRow>
{
    public void Configure(EntityTypeBuilder<ActionChangeRow> builder)
    {
        builder.ToTable("corporate_action_changes");
        builder.HasKey(row => row.Id).HasName("pk_corporate_action_changes");
        builder.Property(row => row.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(row => row.InstrumentId).HasColumnName("instrument_id");
        builder.Property(row => row.ExDate).HasColumnName("ex_date");
        builder.Property(row => row.Kind).HasColumnName("kind").HasConversion<short>();
        builder.Property(row => row.OldValue).HasColumnName("old_value");
        builder.Property(row => row.NewValue).HasColumnName("new_value");
        builder.Property(row => row.Source).HasColumnName("source");
        builder.Property(row => row.ChangedAt).HasColumnName("changed_at").HasDefaultValueSql("now()");
        builder.HasOne<Instrument>().WithMany().HasForeignKey(row => row.InstrumentId)
            .HasConstraintName("fk_corporate_action_changes_instruments").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.InstrumentId, row.Id })
            .HasDatabaseName("ix_corporate_action_changes_instrument_id_id");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Domain.Market;

namespace Trading.Data.CorporateActions;

public sealed class CorporateActionRow
{
    public long Id { get; init; }

    public int InstrumentId { get; init; }

    public DateOnly ExDate { get; init; }

    public CorporateActionKind Kind { get; init; }

    public double Value { get; init; }

    /// <summary>The file or provider that told it last; <c>manual</c> where an administrator did.</summary>
    public required string Source { get; init; }

    /// <summary>An administrator set it: no source changes it any more.</summary>
    public bool Corrected { get; init; }

    /// <summary>An administrator said that it never happened.</summary>
    public bool Withdrawn { get; init; }

    public DateTime UpdatedAt { get; init; }
}

internal sealed class CorporateActionConfiguration : IEntityTypeConfiguration<CorporateActionRow>
{
    public void Configure(EntityTypeBuilder<CorporateActionRow> builder)
    {
        builder.ToTable("corporate_actions");
        builder.HasKey(row => row.Id).HasName("pk_corporate_actions");
        builder.Property(row => row.Id).HasColumnName("id").UseIdentityByDefaultColumn();
        builder.Property(row => row.InstrumentId).HasColumnName("instrument_id");
        builder.Property(row => row.ExDate).HasColumnName("ex_date");
        builder.Property(row => row.Kind).HasColumnName("kind").HasConversion<short>();
        builder.Property(row => row.Value).HasColumnName("value");
        builder.Property(row => row.Source).HasColumnName("source").HasDefaultValue("import");
        builder.Property(row => row.Corrected).HasColumnName("corrected").HasDefaultValue(false);
        builder.Property(row => row.Withdrawn).HasColumnName("withdrawn").HasDefaultValue(false);
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at").HasDefaultValueSql("now()");
        builder.HasIndex(row => new { row.InstrumentId, row.ExDate, row.Kind })
            .IsUnique().HasDatabaseName("ux_corporate_actions_instrument_id_ex_date_kind");
        builder.HasOne<Instrument>().WithMany().HasForeignKey(row => row.InstrumentId)
            .HasConstraintName("fk_corporate_actions_instruments").OnDelete(DeleteBehavior.Cascade);
    }
}

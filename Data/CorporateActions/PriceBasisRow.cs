using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.CorporateActions;

/// <summary>What the stored daily prices of a range were adjusted for before they came.</summary>
public sealed class PriceBasisRow
{
    public int InstrumentId { get; init; }

    public DateOnly First { get; init; }

    public DateOnly Last { get; init; }

    public PriceAdjustment Holds { get; init; }

    public DateOnly AdjustedTo { get; init; }
}

internal sealed class PriceBasisConfiguration : IEntityTypeConfiguration<PriceBasisRow>
{
    public void Configure(EntityTypeBuilder<PriceBasisRow> builder)
    {
        builder.ToTable("price_bases");
        builder.HasKey(row => new { row.InstrumentId, row.First }).HasName("pk_price_bases");
        builder.Property(row => row.InstrumentId).HasColumnName("instrument_id");
        builder.Property(row => row.First).HasColumnName("first");
        builder.Property(row => row.Last).HasColumnName("last");
        builder.Property(row => row.Holds).HasColumnName("holds").HasConversion<short>();
        builder.Property(row => row.AdjustedTo).HasColumnName("adjusted_to");
        builder.HasOne<Instrument>().WithMany().HasForeignKey(row => row.InstrumentId)
            .HasConstraintName("fk_price_bases_instruments").OnDelete(DeleteBehavior.Cascade);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Currencies;

/// <summary>Units of a currency for one euro on a day.</summary>
public sealed class ReferenceRateRow
{
    public required string Currency { get; init; }

    public DateOnly Date { get; init; }

    public decimal Rate { get; init; }

    /// <summary>The file or provider that told it last.</summary>
    public required string Source { get; init; }
}

internal sealed class ReferenceRateConfiguration : IEntityTypeConfiguration<ReferenceRateRow>
{
    public void Configure(EntityTypeBuilder<ReferenceRateRow> builder)
    {
        builder.ToTable("reference_rates");
        builder.HasKey(row => new { row.Currency, row.Date }).HasName("pk_reference_rates");
        builder.Property(row => row.Currency).HasColumnName("currency").HasMaxLength(3);
        builder.Property(row => row.Date).HasColumnName("date");
        builder.Property(row => row.Rate).HasColumnName("rate").HasColumnType("numeric(20,8)");
        builder.Property(row => row.Source).HasColumnName("source");
    }
}

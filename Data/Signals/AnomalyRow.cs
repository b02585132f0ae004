using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>A bar that was unlike those before it.</summary>
public sealed class AnomalyRow
{
    public Guid Id { get; init; }

    public int InstrumentId { get; init; }

    public required string Interval { get; init; }

    public DateTime Time { get; init; }

    public AnomalyKind Kind { get; init; }

    public double Value { get; init; }

    public double Median { get; init; }

    public double Deviations { get; init; }

    public DateTime CreatedAt { get; init; }
}

internal sealed class AnomalyConfiguration : IEntityTypeConfiguration<AnomalyRow>
{
    public void Configure(EntityTypeBuilder<AnomalyRow> builder)
    {
        builder.ToTable("anomalies");
        builder.HasKey(row => row.Id).HasName("pk_anomalies");
        builder.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(row => row.InstrumentId).HasColumnName("instrument_id");
        builder.Property(row => row.Interval).HasColumnName("interval").HasMaxLength(4);
        builder.Property(row => row.Time).HasColumnName("time");
        builder.Property(row => row.Kind).HasColumnName("kind").HasConversion<short>();
        builder.Property(row => row.Value).HasColumnName("value");
        builder.Property(row => row.Median).HasColumnName("median");
        builder.Property(row => row.Deviations).HasColumnName("deviations");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.HasOne<Instrument>().WithMany().HasForeignKey(row => row.InstrumentId)
            .HasConstraintName("fk_anomalies_instruments").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.InstrumentId, row.Interval, row.Time, row.Kind }).IsUnique()
            .HasDatabaseName("ux_anomalies_instrument_id_interval_time_kind");
        builder.HasIndex(row => new { row.Time, row.Id }).HasDatabaseName("ix_anomalies_time_id");
    }
}

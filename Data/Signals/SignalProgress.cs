using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Domain.Market;

namespace Trading.Data.Signals;

/// <summary>
/// How far the bars of an instrument were followed; written in the transaction of what came of them, and only by who
/// knew how far it was before.
/// </summary>
public sealed class SignalProgress
{
    public int InstrumentId { get; init; }

    public required string Interval { get; init; }

    public DateTime BarTime { get; init; }

    /// <summary>How far it was before; of the first, as far as it is.</summary>
    public DateTime PreviousTime { get; init; }
}

internal sealed class SignalProgressConfiguration : IEntityTypeConfiguration<SignalProgress>
{
    public void Configure(EntityTypeBuilder<SignalProgress> builder)
    {
        builder.ToTable("signal_progress");
        builder.HasKey(row => new { row.InstrumentId, row.Interval }).HasName("pk_signal_progress");
        builder.Property(row => row.InstrumentId).HasColumnName("instrument_id");
        builder.Property(row => row.Interval).HasColumnName("interval").HasMaxLength(4);
        builder.Property(row => row.BarTime).HasColumnName("bar_time");
        builder.Property(row => row.PreviousTime).HasColumnName("previous_time");
        builder.HasOne<Instrument>().WithMany().HasForeignKey(row => row.InstrumentId)
            .HasConstraintName("fk_signal_progress_instruments").OnDelete(DeleteBehavior.Cascade);
    }
}

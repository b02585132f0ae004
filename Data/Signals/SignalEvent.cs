using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>
/// A state that a signal came to. Rows are only ever added; the table refuses anything else, and outlives the signals of
/// an instrument that was removed.
/// </summary>
public sealed class SignalEvent
{
    public long Id { get; init; }

    public Guid SignalId { get; init; }

    public SignalState State { get; init; }

    /// <summary>The close of the bar that brought it there.</summary>
    public DateTime Time { get; init; }

    public double? Price { get; init; }

    public required string Reason { get; init; }

    public DateTime RecordedAt { get; init; }
}

internal sealed class SignalEventConfiguration : IEntityTypeConfiguration<SignalEvent>
{
    public void Configure(EntityTypeBuilder<SignalEvent> builder)
    {
        builder.ToTable("signal_history");
        builder.HasKey(row => row.Id).HasName("pk_signal_history");
        builder.Property(row => row.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        builder.Property(row => row.SignalId).HasColumnName("signal_id");
        builder.Property(row => row.State).HasColumnName("state").HasConversion<short>();
        builder.Property(row => row.Time).HasColumnName("time");
        builder.Property(row => row.Price).HasColumnName("price");
        builder.Property(row => row.Reason).HasColumnName("reason");
        builder.Property(row => row.RecordedAt).HasColumnName("recorded_at");
        builder.HasIndex(row => new { row.SignalId, row.State }).IsUnique()
            .HasDatabaseName("ux_signal_history_signal_id_state");
        // One end for each signal, whatever the code does.
        builder.HasIndex(row => row.SignalId).IsUnique().HasFilter("state <> 0")
            .HasDatabaseName("ux_signal_history_end");
    }
}

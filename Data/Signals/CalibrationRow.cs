using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Signals;

/// <summary>A curve that confidences were read from, since when, and on how many resolved signals it was fitted.</summary>
public sealed class CalibrationRow
{
    public Guid Id { get; init; }

    public required string Interval { get; init; }

    public DateTime FittedAt { get; init; }

    public int Resolved { get; init; }

    public required double[] Scores { get; init; }

    public required double[] Shares { get; init; }
}

internal sealed class CalibrationConfiguration : IEntityTypeConfiguration<CalibrationRow>
{
    public void Configure(EntityTypeBuilder<CalibrationRow> builder)
    {
        builder.ToTable("signal_calibration");
        builder.HasKey(row => row.Id).HasName("pk_signal_calibration");
        builder.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(row => row.Interval).HasColumnName("interval").HasMaxLength(4);
        builder.Property(row => row.FittedAt).HasColumnName("fitted_at");
        builder.Property(row => row.Resolved).HasColumnName("resolved");
        builder.Property(row => row.Scores).HasColumnName("scores");
        builder.Property(row => row.Shares).HasColumnName("shares");
        builder.HasIndex(row => new { row.Interval, row.FittedAt })
            .HasDatabaseName("ix_signal_calibration_interval_fitted_at");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Model;

internal abstract class BarConfiguration<TBar>(string table) : IEntityTypeConfiguration<TBar>
    where TBar : BarRow
{
    public void Configure(EntityTypeBuilder<TBar> builder)
    {
        builder.ToTable(table);
        builder.HasKey(row => new { row.InstrumentId, row.Time }).HasName($"pk_{table}");
        builder.Property(row => row.InstrumentId).HasColumnName("instrument_id").ValueGeneratedNever();
        builder.Property(row => row.Time).HasColumnName("time");
        builder.Property(row => row.Open).HasColumnName("open");
        builder.Property(row => row.High).HasColumnName("high");
        builder.Property(row => row.Low).HasColumnName("low");
        builder.Property(row => row.Close).HasColumnName("close");
        builder.Property(row => row.Volume).HasColumnName("volume");
        builder.Property(row => row.Source).HasColumnName("source").HasConversion<short>();
    }
}

internal sealed class DailyBarConfiguration() : BarConfiguration<DailyBar>("daily_bars");

internal sealed class MinuteBarConfiguration() : BarConfiguration<MinuteBar>("minute_bars");

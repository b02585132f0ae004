using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Bars.Archive;

/// <summary>Bars that are not in the database any more, and the file that has them.</summary>
public sealed class BarExport
{
    public Guid Id { get; init; }

    /// <summary>The name of what was dropped, such as <c>minute_bars_2024_01</c>.</summary>
    public required string Slice { get; init; }

    public required string Interval { get; init; }

    public DateTime FromTime { get; init; }

    /// <summary>The instant after the last.</summary>
    public DateTime ToTime { get; init; }

    public required string FileName { get; init; }

    public long Rows { get; init; }

    /// <summary>The sum of the rows' hashes; see docs/storage.md.</summary>
    public required string Checksum { get; init; }

    public long Bytes { get; init; }

    public DateTime CreatedAt { get; init; }
}

internal sealed class BarExportConfiguration : IEntityTypeConfiguration<BarExport>
{
    public void Configure(EntityTypeBuilder<BarExport> builder)
    {
        builder.ToTable("bar_exports");
        builder.HasKey(row => row.Id).HasName("pk_bar_exports");
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Slice).HasColumnName("slice");
        builder.Property(row => row.Interval).HasColumnName("interval");
        builder.Property(row => row.FromTime).HasColumnName("from_time");
        builder.Property(row => row.ToTime).HasColumnName("to_time");
        builder.Property(row => row.FileName).HasColumnName("file_name");
        builder.Property(row => row.Rows).HasColumnName("rows");
        builder.Property(row => row.Checksum).HasColumnName("checksum");
        builder.Property(row => row.Bytes).HasColumnName("bytes");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        // A file that was read back and moved out again is named once more.
        builder.HasIndex(row => row.FileName).HasDatabaseName("ix_bar_exports_file_name");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Model;

/// <summary>One import of one file that went through. Every row read is in exactly one of the five counts.</summary>
public sealed class ImportRun
{
    public long Id { get; init; }

    public required string FileName { get; init; }

    public required string Kind { get; init; }

    public required string Exchange { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime FinishedAt { get; init; }

    public long RowsRead { get; init; }

    public long Stored { get; init; }

    public long Updated { get; init; }

    public long Unchanged { get; init; }

    public long Rejected { get; init; }

    public long Quarantined { get; init; }
}

internal sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("imports");
        builder.HasKey(row => row.Id).HasName("pk_imports");
        builder.Property(row => row.Id).HasColumnName("id").UseIdentityByDefaultColumn();
        builder.Property(row => row.FileName).HasColumnName("file_name");
        builder.Property(row => row.Kind).HasColumnName("kind");
        builder.Property(row => row.Exchange).HasColumnName("exchange");
        builder.Property(row => row.StartedAt).HasColumnName("started_at");
        builder.Property(row => row.FinishedAt).HasColumnName("finished_at");
        builder.Property(row => row.RowsRead).HasColumnName("rows_read");
        builder.Property(row => row.Stored).HasColumnName("stored");
        builder.Property(row => row.Updated).HasColumnName("updated");
        builder.Property(row => row.Unchanged).HasColumnName("unchanged");
        builder.Property(row => row.Rejected).HasColumnName("rejected");
        builder.Property(row => row.Quarantined).HasColumnName("quarantined");
    }
}

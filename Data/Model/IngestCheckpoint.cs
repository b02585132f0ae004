using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Model;

/// <summary>How far a stream of ticks is stored: written in the transaction that stores its bars.</summary>
public sealed class IngestCheckpoint
{
    public required string Stream { get; init; }

    public required string LastId { get; init; }

    public DateTime UpdatedAt { get; init; }
}

internal sealed class IngestCheckpointConfiguration : IEntityTypeConfiguration<IngestCheckpoint>
{
    public void Configure(EntityTypeBuilder<IngestCheckpoint> builder)
    {
        builder.ToTable("ingest_checkpoints");
        builder.HasKey(row => row.Stream).HasName("pk_ingest_checkpoints");
        builder.Property(row => row.Stream).HasColumnName("stream");
        builder.Property(row => row.LastId).HasColumnName("last_id");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}

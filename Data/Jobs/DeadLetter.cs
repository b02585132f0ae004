using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Jobs;

/// <summary>A job that was given up, with all that is needed to see why and to do it again.</summary>
public sealed class DeadLetter
{
    public Guid Id { get; init; }

    public Guid JobId { get; init; }

    public required string Kind { get; init; }

    public Guid? OwnerId { get; init; }

    public required string Payload { get; init; }

    public required string Error { get; init; }

    /// <summary>The tries that failed.</summary>
    public int Attempts { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? ReplayedAt { get; init; }
}

internal sealed class DeadLetterConfiguration : IEntityTypeConfiguration<DeadLetter>
{
    public void Configure(EntityTypeBuilder<DeadLetter> builder)
    {
        builder.ToTable("dead_letters");
        builder.HasKey(row => row.Id).HasName("pk_dead_letters");
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.JobId).HasColumnName("job_id");
        builder.Property(row => row.Kind).HasColumnName("kind");
        builder.Property(row => row.OwnerId).HasColumnName("owner_id");
        builder.Property(row => row.Payload).HasColumnName("payload").HasColumnType("jsonb");
        builder.Property(row => row.Error).HasColumnName("error");
        builder.Property(row => row.Attempts).HasColumnName("attempts");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.ReplayedAt).HasColumnName("replayed_at");
        builder.HasIndex(row => row.CreatedAt).HasDatabaseName("ix_dead_letters_created_at");
    }
}

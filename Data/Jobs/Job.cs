using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Data.Accounts;

namespace Trading.Data.Jobs;

/// <summary>Work that outlives the request that asked for it; some worker does it.</summary>
public sealed class Job
{
    public Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>What to do, as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>Who asked for it; null where the system did.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>One of <see cref="JobState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Begun tries.</summary>
    public int Attempts { get; init; }

    public DateTime NextAttemptAt { get; init; }

    /// <summary>The worker that has it, or had it last.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>When another may take it over, as who had it is dead.</summary>
    public DateTime? LeaseUntil { get; init; }

    /// <summary>Grows with every claim: who comes with an older one has lost the job.</summary>
    public long Fence { get; init; }

    public long ProgressDone { get; init; }

    public long ProgressTotal { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>What went wrong last, fit for the owner.</summary>
    public string? Error { get; init; }

    public string? TraceParent { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? FinishedAt { get; init; }
}

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(row => row.Id).HasName("pk_jobs");
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Kind).HasColumnName("kind");
        builder.Property(row => row.Payload).HasColumnName("payload").HasColumnType("jsonb");
        builder.Property(row => row.OwnerId).HasColumnName("owner_id");
        builder.Property(row => row.State).HasColumnName("state");
        builder.Property(row => row.Attempts).HasColumnName("attempts");
        builder.Property(row => row.NextAttemptAt).HasColumnName("next_attempt_at");
        builder.Property(row => row.ClaimedBy).HasColumnName("claimed_by");
        builder.Property(row => row.LeaseUntil).HasColumnName("lease_until");
        builder.Property(row => row.Fence).HasColumnName("fence");
        builder.Property(row => row.ProgressDone).HasColumnName("progress_done");
        builder.Property(row => row.ProgressTotal).HasColumnName("progress_total");
        builder.Property(row => row.CancelRequested).HasColumnName("cancel_requested");
        builder.Property(row => row.Error).HasColumnName("error");
        builder.Property(row => row.TraceParent).HasColumnName("trace_parent");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.StartedAt).HasColumnName("started_at");
        builder.Property(row => row.FinishedAt).HasColumnName("finished_at");
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.OwnerId)
            .HasConstraintName("fk_jobs_owner_id").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.NextAttemptAt).HasFilter("state = 'queued'").HasDatabaseName("ix_jobs_due");
        builder.HasIndex(row => row.LeaseUntil).HasFilter("state = 'running'").HasDatabaseName("ix_jobs_lease");
        builder.HasIndex(row => new { row.OwnerId, row.State }).HasDatabaseName("ix_jobs_owner_id_state");
        builder.HasIndex(row => row.FinishedAt).HasFilter("finished_at IS NOT NULL")
            .HasDatabaseName("ix_jobs_finished_at");
    }
}

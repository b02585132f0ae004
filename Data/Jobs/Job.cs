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

    /// <summary>When the last try began, and how far the job was then: what its rate is of.</summary>
    public DateTime? TriedAt { get; init; }

    public long TriedDone { get; init; }

    /// <summary>Where to go on, as JSON, for a job that saves how far it is.</summary>
    public string? Cursor { get; init; }

    /// <summary>The schedule that it is of; null where somebody asked for it.</summary>
    public string? Schedule { get; init; }

    /// <summary>The time at which the schedule wanted it.</summary>
    public DateTime? ScheduledFor { get; init; }
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
        builder.Property(row => row.TriedAt).HasColumnName("tried_at");
        builder.Property(row => row.TriedDone).HasColumnName("tried_done");
        builder.Property(row => row.Cursor).HasColumnName("cursor").HasColumnType("jsonb");
        builder.Property(row => row.Schedule).HasColumnName("schedule");
        builder.Property(row => row.ScheduledFor).HasColumnName("scheduled_for");
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.OwnerId)
            .HasConstraintName("fk_jobs_owner_id").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.NextAttemptAt).HasFilter("state = 'queued'").HasDatabaseName("ix_jobs_due");
        builder.HasIndex(row => row.LeaseUntil).HasFilter("state = 'running'").HasDatabaseName("ix_jobs_lease");
        builder.HasIndex(row => new { row.OwnerId, row.State }).HasDatabaseName("ix_jobs_owner_id_state");
        builder.HasIndex(row => row.FinishedAt).HasFilter("finished_at IS NOT NULL")
            .HasDatabaseName("ix_jobs_finished_at");
        builder.HasIndex(row => new { row.Kind, row.Id }).HasDatabaseName("ix_jobs_kind_id");
        // One at a time of a schedule, and one only of each of its times.
        builder.HasIndex(row => row.Schedule).IsUnique().HasFilter("state IN ('queued', 'running')")
            .HasDatabaseName("ux_jobs_schedule_active");
        builder.HasIndex(row => new { row.Schedule, row.ScheduledFor }).IsUnique()
            .HasFilter("scheduled_for IS NOT NULL").HasDatabaseName("ux_jobs_schedule_scheduled_for");
    }
}

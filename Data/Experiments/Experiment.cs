using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Data.Accounts;

namespace Trading.Data.Experiments;

/// <summary>An experiment of a user: what is compared, and what has come of it so far.</summary>
public sealed class Experiment
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public string? Name { get; init; }

    /// <summary>What is run: <see cref="ExperimentSpec"/>.</summary>
    public required string Spec { get; init; }

    /// <summary>The spec's, for whoever looks for bars that have closed.</summary>
    public required string Interval { get; init; }

    public required int[] InstrumentIds { get; init; }

    /// <summary>The close of the first bar that counts, or before it.</summary>
    public DateTime CountsFrom { get; init; }

    /// <summary>One of <see cref="ExperimentState"/>.</summary>
    public required string State { get; init; }

    public string? Error { get; init; }

    /// <summary>How many points there are; who stores more says how many were seen.</summary>
    public int BarCount { get; init; }

    /// <summary>The close of the last of them.</summary>
    public DateTime? LastTime { get; init; }

    /// <summary>How often prices before the last point turned out to be others than when it was stored.</summary>
    public int RevisionCount { get; init; }

    /// <summary>How each arm stands: <see cref="ArmDocument"/>s; null before the first point.</summary>
    public string? Results { get; init; }

    /// <summary>When it began: what closed before is no more than warm-up.</summary>
    public DateTime StartedAt { get; init; }

    public DateTime? FinishedAt { get; init; }
}

/// <summary>What the accounts of an experiment were worth at the close of a bar; never changed.</summary>
public sealed class ExperimentPoint
{
    public Guid ExperimentId { get; init; }

    /// <summary>1 for the first bar that counts.</summary>
    public int Number { get; init; }

    public DateTime Time { get; init; }

    /// <summary>Of each arm, in their order.</summary>
    public required double[] Equity { get; init; }

    /// <summary>The value of each arm's positions.</summary>
    public required double[] Invested { get; init; }
}

internal sealed class ExperimentConfiguration : IEntityTypeConfiguration<Experiment>
{
    public void Configure(EntityTypeBuilder<Experiment> builder)
    {
        builder.ToTable("experiments", table => table.HasCheckConstraint(
            "ck_experiments_state", "state IN ('running', 'completed', 'stopped', 'failed')"));
        builder.HasKey(row => row.Id).HasName("pk_experiments");
        builder.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(row => row.UserId).HasColumnName("user_id");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Spec).HasColumnName("spec").HasColumnType("jsonb");
        builder.Property(row => row.Interval).HasColumnName("interval").HasMaxLength(4);
        builder.Property(row => row.InstrumentIds).HasColumnName("instrument_ids");
        builder.Property(row => row.CountsFrom).HasColumnName("counts_from");
        builder.Property(row => row.State).HasColumnName("state");
        builder.Property(row => row.Error).HasColumnName("error");
        builder.Property(row => row.BarCount).HasColumnName("bar_count");
        builder.Property(row => row.LastTime).HasColumnName("last_time");
        builder.Property(row => row.RevisionCount).HasColumnName("revision_count");
        builder.Property(row => row.Results).HasColumnName("results").HasColumnType("jsonb");
        builder.Property(row => row.StartedAt).HasColumnName("started_at");
        builder.Property(row => row.FinishedAt).HasColumnName("finished_at");
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId)
            .HasConstraintName("fk_experiments_user_id").OnDelete(DeleteBehavior.Cascade);
        // The ids are in the order of their making.
        builder.HasIndex(row => new { row.UserId, row.Id }).HasDatabaseName("ix_experiments_user_id_id");
        builder.HasIndex(row => row.Interval).HasFilter("state = 'running'").HasDatabaseName("ix_experiments_running");
    }
}

internal sealed class ExperimentPointConfiguration : IEntityTypeConfiguration<ExperimentPoint>
{
    public void Configure(EntityTypeBuilder<ExperimentPoint> builder)
    {
        builder.ToTable("experiment_points");
        builder.HasKey(row => new { row.ExperimentId, row.Number }).HasName("pk_experiment_points");
        builder.Property(row => row.ExperimentId).HasColumnName("experiment_id");
        builder.Property(row => row.Number).HasColumnName("number");
        builder.Property(row => row.Time).HasColumnName("time");
        builder.Property(row => row.Equity).HasColumnName("equity");
        builder.Property(row => row.Invested).HasColumnName("invested");
        builder.HasOne<Experiment>().WithMany().HasForeignKey(row => row.ExperimentId)
            .HasConstraintName("fk_experiment_points_experiments").OnDelete(DeleteBehavior.Cascade);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Jobs;

/// <summary>What the workers do by the clock. The scheduler keeps when; this is for whoever asks what there is.</summary>
public sealed class Schedule
{
    public required string Name { get; init; }

    /// <summary>The kind of its jobs.</summary>
    public required string Kind { get; init; }

    /// <summary>What its jobs are to do, as JSON.</summary>
    public required string Payload { get; init; }

    public required string Description { get; init; }

    /// <summary>Seconds, minutes, hours, day of the month, month, day of the week.</summary>
    public required string Cron { get; init; }

    /// <summary>IANA time zone of the clock that the cron expression means.</summary>
    public required string TimeZone { get; init; }

    public DateTime UpdatedAt { get; init; }
}

/// <summary>A schedule, and how it stands.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="NextRunAt">When it is due next; null where it never is.</param>
/// <param name="State">What the scheduler says of it, such as <c>WAITING</c>; null where no scheduler has it.</param>
/// <param name="Last">Its newest job.</param>
public sealed record ScheduleStatus(Schedule Schedule, DateTime? NextRunAt, string? State, Job? Last);

internal sealed class ScheduleConfiguration : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("schedules");
        builder.HasKey(row => row.Name).HasName("pk_schedules");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Kind).HasColumnName("kind");
        builder.Property(row => row.Payload).HasColumnName("payload").HasColumnType("jsonb");
        builder.Property(row => row.Description).HasColumnName("description");
        builder.Property(row => row.Cron).HasColumnName("cron");
        builder.Property(row => row.TimeZone).HasColumnName("time_zone");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Audit;

/// <summary>
/// One event of the audit trail. Rows are only ever added: the table refuses anything else, and each row's hash covers
/// the hash of the row before, so that a change past the table's guard shows.
/// </summary>
public sealed class AuditRow
{
    /// <summary>1, 2, 3 and on, without a gap.</summary>
    public long Id { get; init; }

    /// <summary>UTC, whole microseconds.</summary>
    public DateTime Time { get; init; }

    public Guid? ActorId { get; init; }

    public string? Actor { get; init; }

    public required string Action { get; init; }

    public required string Outcome { get; init; }

    public string? Subject { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public string? RequestId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>JSON, kept as text so that its bytes are what was hashed.</summary>
    public string? Details { get; init; }

    public byte[] Hash { get; init; } = [];
}

internal sealed class AuditRowConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit_events");
        builder.HasKey(row => row.Id).HasName("pk_audit_events");
        builder.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(row => row.Time).HasColumnName("time");
        builder.Property(row => row.ActorId).HasColumnName("actor_id");
        builder.Property(row => row.Actor).HasColumnName("actor");
        builder.Property(row => row.Action).HasColumnName("action");
        builder.Property(row => row.Outcome).HasColumnName("outcome");
        builder.Property(row => row.Subject).HasColumnName("subject");
        builder.Property(row => row.Address).HasColumnName("address");
        builder.Property(row => row.UserAgent).HasColumnName("user_agent");
        builder.Property(row => row.RequestId).HasColumnName("request_id");
        builder.Property(row => row.TraceId).HasColumnName("trace_id");
        builder.Property(row => row.Details).HasColumnName("details");
        builder.Property(row => row.Hash).HasColumnName("hash");
        builder.HasIndex(row => row.Time).HasDatabaseName("ix_audit_events_time");
        builder.HasIndex(row => new { row.Actor, row.Id }).HasDatabaseName("ix_audit_events_actor_id");
        builder.HasIndex(row => row.TraceId).HasDatabaseName("ix_audit_events_trace_id");
        builder.HasIndex(row => new { row.Action, row.Id }).HasDatabaseName("ix_audit_events_action_id");
    }
}

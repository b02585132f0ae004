using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Errors;

/// <summary>Errors of one kind at one place.</summary>
public sealed class ErrorGroup
{
    public required string Fingerprint { get; init; }

    public required string Service { get; init; }

    public required string Type { get; init; }

    public required string Template { get; init; }

    public required string Location { get; init; }

    public required string LastMessage { get; init; }

    public string? LastTraceId { get; init; }

    public long Count { get; init; }

    public DateTime FirstSeen { get; init; }

    public DateTime LastSeen { get; init; }
}

internal sealed class ErrorGroupConfiguration : IEntityTypeConfiguration<ErrorGroup>
{
    public void Configure(EntityTypeBuilder<ErrorGroup> builder)
    {
        builder.ToTable("error_groups");
        builder.HasKey(row => row.Fingerprint).HasName("pk_error_groups");
        builder.Property(row => row.Fingerprint).HasColumnName("fingerprint");
        builder.Property(row => row.Service).HasColumnName("service");
        builder.Property(row => row.Type).HasColumnName("type");
        builder.Property(row => row.Template).HasColumnName("template");
        builder.Property(row => row.Location).HasColumnName("location");
        builder.Property(row => row.LastMessage).HasColumnName("last_message");
        builder.Property(row => row.LastTraceId).HasColumnName("last_trace_id");
        builder.Property(row => row.Count).HasColumnName("count");
        builder.Property(row => row.FirstSeen).HasColumnName("first_seen");
        builder.Property(row => row.LastSeen).HasColumnName("last_seen");
        builder.HasIndex(row => row.LastSeen).HasDatabaseName("ix_error_groups_last_seen");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Accounts;

/// <summary>Opens one WebSocket on behalf of a session, once and soon; kept as a hash.</summary>
public sealed class StreamTicket
{
    public required byte[] Hash { get; init; }

    public Guid UserId { get; init; }

    public Guid SessionId { get; init; }

    public DateTime ExpiresAt { get; init; }
}

internal sealed class StreamTicketConfiguration : IEntityTypeConfiguration<StreamTicket>
{
    public void Configure(EntityTypeBuilder<StreamTicket> builder)
    {
        builder.ToTable("stream_tickets");
        builder.HasKey(row => row.Hash).HasName("pk_stream_tickets");
        builder.Property(row => row.Hash).HasColumnName("hash");
        builder.Property(row => row.UserId).HasColumnName("user_id");
        builder.Property(row => row.SessionId).HasColumnName("session_id");
        builder.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        builder.HasOne<Session>().WithMany().HasForeignKey(row => row.SessionId)
            .HasConstraintName("fk_stream_tickets_session_id").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.SessionId).HasDatabaseName("ix_stream_tickets_session_id");
        builder.HasIndex(row => row.ExpiresAt).HasDatabaseName("ix_stream_tickets_expires_at");
    }
}

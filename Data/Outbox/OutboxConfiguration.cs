using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Data.Accounts;

namespace Trading.Data.Outbox;

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxEvent>
{
    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.ToTable("outbox_events");
        builder.HasKey(row => row.Id).HasName("pk_outbox_events");
        builder.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(row => row.UserId).HasColumnName("user_id");
        builder.Property(row => row.Type).HasColumnName("type");
        builder.Property(row => row.Data).HasColumnName("data");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.TraceParent).HasColumnName("trace_parent");
        builder.Property(row => row.RelayedAt).HasColumnName("relayed_at");
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId)
            .HasConstraintName("fk_outbox_events_user_id").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.UserId).HasDatabaseName("ix_outbox_events_user_id");
        builder.HasIndex(row => row.CreatedAt).HasDatabaseName("ix_outbox_events_created_at");
        builder.HasIndex(row => row.Id).HasFilter("relayed_at IS NULL").HasDatabaseName("ix_outbox_events_waiting");
    }
}

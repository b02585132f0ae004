using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Data.Outbox;

namespace Trading.Data.Webhooks;

/// <summary>One event on its way to one webhook.</summary>
public sealed class WebhookDelivery
{
    public const string Pending = "pending";
    public const string Delivered = "delivered";

    /// <summary>Given up; kept, and may be replayed.</summary>
    public const string Dead = "dead";

    public Guid WebhookId { get; init; }

    public Guid EventId { get; init; }

    public required string Status { get; init; }

    /// <summary>Begun tries. It also tells a try that took too long from the one that took over.</summary>
    public int Tries { get; init; }

    /// <summary>When it is due, and during a try: when another may take over, as who held it is dead.</summary>
    public DateTime NextTryAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    public int? ResponseCode { get; init; }

    public int? DurationMs { get; init; }

    public string? Error { get; init; }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasKey(row => new { row.WebhookId, row.EventId }).HasName("pk_webhook_deliveries");
        builder.Property(row => row.WebhookId).HasColumnName("webhook_id");
        builder.Property(row => row.EventId).HasColumnName("event_id");
        builder.Property(row => row.Status).HasColumnName("status");
        builder.Property(row => row.Tries).HasColumnName("tries");
        builder.Property(row => row.NextTryAt).HasColumnName("next_try_at");
        builder.Property(row => row.FinishedAt).HasColumnName("finished_at");
        builder.Property(row => row.ResponseCode).HasColumnName("response_code");
        builder.Property(row => row.DurationMs).HasColumnName("duration_ms");
        builder.Property(row => row.Error).HasColumnName("error");
        builder.HasOne<Webhook>().WithMany().HasForeignKey(row => row.WebhookId)
            .HasConstraintName("fk_webhook_deliveries_webhook_id").OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OutboxEvent>().WithMany().HasForeignKey(row => row.EventId)
            .HasConstraintName("fk_webhook_deliveries_event_id").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.EventId).HasDatabaseName("ix_webhook_deliveries_event_id");
        builder.HasIndex(row => row.NextTryAt).HasFilter("status = 'pending'")
            .HasDatabaseName("ix_webhook_deliveries_due");
    }
}

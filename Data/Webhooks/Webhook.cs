using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Data.Accounts;

namespace Trading.Data.Webhooks;

/// <summary>Where a user wants to be told of events.</summary>
public sealed class Webhook
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public required string Url { get; init; }

    public required string[] Events { get; init; }

    /// <summary>Encrypted; needed as it is to sign.</summary>
    public required string Secret { get; init; }

    /// <summary>Signs too until <see cref="PreviousSecretUntil"/>.</summary>
    public string? PreviousSecret { get; init; }

    public DateTime? PreviousSecretUntil { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Since when nothing was taken; null where the last try was.</summary>
    public DateTime? FailingSince { get; init; }

    public DateTime? PausedAt { get; init; }
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks");
        builder.HasKey(row => row.Id).HasName("pk_webhooks");
        builder.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(row => row.UserId).HasColumnName("user_id");
        builder.Property(row => row.Url).HasColumnName("url");
        builder.Property(row => row.Events).HasColumnName("events");
        builder.Property(row => row.Secret).HasColumnName("secret");
        builder.Property(row => row.PreviousSecret).HasColumnName("previous_secret");
        builder.Property(row => row.PreviousSecretUntil).HasColumnName("previous_secret_until");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.FailingSince).HasColumnName("failing_since");
        builder.Property(row => row.PausedAt).HasColumnName("paused_at");
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId)
            .HasConstraintName("fk_webhooks_user_id").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.UserId).HasDatabaseName("ix_webhooks_user_id");
    }
}

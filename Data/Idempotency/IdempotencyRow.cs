using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Idempotency;

/// <summary>A request that was sent with a key of its own, and its answer once there is one.</summary>
public sealed class IdempotencyRow
{
    /// <summary>Derived from the caller, the path and the client's key, which is nowhere stored.</summary>
    public required byte[] Key { get; init; }

    /// <summary>Tells another body under the same key.</summary>
    public required byte[] Request { get; init; }

    /// <summary>Which execution holds the key.</summary>
    public Guid Owner { get; init; }

    /// <summary>When another may take it over: the one that held it is dead.</summary>
    public DateTime LockedUntil { get; init; }

    public DateTime ExpiresAt { get; init; }

    /// <summary>Encrypted; only who knows the client's key can read it.</summary>
    public byte[]? Answer { get; init; }
}

internal sealed class IdempotencyConfiguration : IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(row => row.Key).HasName("pk_idempotency_keys");
        builder.Property(row => row.Key).HasColumnName("key");
        builder.Property(row => row.Request).HasColumnName("request");
        builder.Property(row => row.Owner).HasColumnName("owner");
        builder.Property(row => row.LockedUntil).HasColumnName("locked_until");
        builder.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        builder.Property(row => row.Answer).HasColumnName("answer");
        builder.HasIndex(row => row.ExpiresAt).HasDatabaseName("ix_idempotency_keys_expires_at");
    }
}

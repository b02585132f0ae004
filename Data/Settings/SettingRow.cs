using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Settings;

/// <summary>A setting that was changed while the system ran.</summary>
public sealed class SettingRow
{
    public required string Key { get; init; }

    public required string Value { get; init; }

    public required string UpdatedBy { get; init; }

    public DateTime UpdatedAt { get; init; }
}

internal sealed class SettingRowConfiguration : IEntityTypeConfiguration<SettingRow>
{
    public void Configure(EntityTypeBuilder<SettingRow> builder)
    {
        builder.ToTable("settings");
        builder.HasKey(row => row.Key).HasName("pk_settings");
        builder.Property(row => row.Key).HasColumnName("key");
        builder.Property(row => row.Value).HasColumnName("value");
        builder.Property(row => row.UpdatedBy).HasColumnName("updated_by");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}

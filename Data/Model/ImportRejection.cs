using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Trading.Data.Model;

/// <summary>A line of a file that was not stored, why, and what it said.</summary>
public sealed class ImportRejection
{
    public long ImportId { get; init; }

    public long Line { get; init; }

    /// <summary>A stable code, such as <c>missing_field</c>.</summary>
    public required string Code { get; init; }

    public required string Reason { get; init; }

    public bool Quarantined { get; init; }

    public string? Ticker { get; init; }

    public required string Content { get; init; }
}

internal sealed class ImportRejectionConfiguration : IEntityTypeConfiguration<ImportRejection>
{
    public void Configure(EntityTypeBuilder<ImportRejection> builder)
    {
        builder.ToTable("import_rejections");
        builder.HasKey(row => new { row.ImportId, row.Line }).HasName("pk_import_rejections");
        builder.Property(row => row.ImportId).HasColumnName("import_id");
        builder.Property(row => row.Line).HasColumnName("line").ValueGeneratedNever();
        builder.Property(row => row.Code).HasColumnName("code");
        builder.Property(row => row.Reason).HasColumnName("reason");
        builder.Property(row => row.Quarantined).HasColumnName("quarantined");
        builder.Property(row => row.Ticker).HasColumnName("ticker");
        builder.Property(row => row.Content).HasColumnName("content");
        builder.HasIndex(row => row.Ticker).HasDatabaseName("ix_import_rejections_ticker");
        builder.HasOne<ImportRun>().WithMany().HasForeignKey(row => row.ImportId)
            .HasConstraintName("fk_import_rejections_imports").OnDelete(DeleteBehavior.Cascade);
    }
}

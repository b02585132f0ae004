using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Trading.Domain.Market;

namespace Trading.Data.Model;

internal sealed class InstrumentConfiguration : IEntityTypeConfiguration<Instrument>
{
    public void Configure(EntityTypeBuilder<Instrument> builder)
    {
        builder.ToTable("instruments");
        builder.HasKey(row => row.Id).HasName("pk_instruments");
        builder.Property(row => row.Id).HasColumnName("id").UseIdentityByDefaultColumn();

        // Pages are cut by ticker: the order must be the same under every server's collation.
        builder.Property(row => row.Ticker).HasColumnName("ticker").HasMaxLength(24).UseCollation("C");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Country).HasColumnName("country").HasMaxLength(2);
        builder.Property(row => row.Sector).HasColumnName("sector");
        builder.Property(row => row.Currency).HasColumnName("currency").HasMaxLength(3);
        builder.Property(row => row.Exchange).HasColumnName("exchange").HasMaxLength(12);
        builder.Property(row => row.Synthetic).HasColumnName("synthetic");
        builder.Property<DateTime>("CreatedAt").HasColumnName("created_at").HasDefaultValueSql("now()");
        builder.HasIndex(row => row.Ticker).IsUnique().HasDatabaseName("ux_instruments_ticker");
    }
}

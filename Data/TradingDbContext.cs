using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Trading.Data.Accounts;
using Trading.Data.CorporateActions;
using Trading.Data.Model;
using Trading.Domain.Market;

namespace Trading.Data;

public sealed class TradingDbContext(DbContextOptions<TradingDbContext> options)
    : IdentityDbContext<User, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Instrument> Instruments => Set<Instrument>();

    public DbSet<DailyBar> DailyBars => Set<DailyBar>();

    public DbSet<MinuteBar> MinuteBars => Set<MinuteBar>();

    public DbSet<CorporateActionRow> CorporateActions => Set<CorporateActionRow>();

    public DbSet<ImportRun> Imports => Set<ImportRun>();

    public DbSet<ImportRejection> ImportRejections => Set<ImportRejection>();

    public DbSet<IngestCheckpoint> IngestCheckpoints => Set<IngestCheckpoint>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(TradingDbContext).Assembly);
        AccountConfigurations.Configure(builder);
    }
}

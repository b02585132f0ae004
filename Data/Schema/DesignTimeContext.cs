using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Trading.Data.Schema;

/// <summary>What `dotnet ef` builds the model from; it connects only for commands that touch a database.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<TradingDbContext>
{
    public TradingDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<TradingDbContext>()
            .UseNpgsql(Environment.GetEnvironmentVariable("ConnectionStrings__tradingdb") ?? "Host=localhost")
            .Options);
}

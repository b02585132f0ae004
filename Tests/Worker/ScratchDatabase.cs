using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Data;
using Trading.Data.Bars;
using Trading.Data.Import;
using Trading.Data.Instruments;
using Trading.Data.Schema;
using Trading.Domain.Market;
using Trading.Tests.Integration;

namespace Trading.Tests.Worker;

/// <summary>A database of a test's own on the running system's server, migrated and empty.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _server;
    private readonly string _name;
    private readonly ServiceProvider _services;

    private ScratchDatabase(NpgsqlDataSource server, string name, string connectionString)
    {
        (_server, _name, ConnectionString) = (server, name, connectionString);
        _services = new ServiceCollection().AddLogging().AddTradingData(_ => connectionString).BuildServiceProvider();
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source => _services.GetRequiredService<NpgsqlDataSource>();

    public BarStore Bars => _services.GetRequiredService<BarStore>();

    public InstrumentStore Instruments => _services.GetRequiredService<InstrumentStore>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ScratchDatabase> CreateAsync(TradingSystem system)
    {
        var name = $"scratch_{Guid.NewGuid():n}";
        await using var create = system.Database.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync(Cancellation);
        var connection = new NpgsqlConnectionStringBuilder(await system.ConnectionStringAsync("tradingdb"))
        {
            Database = name,
            Timeout = 5,
        };
        var database = new ScratchDatabase(system.Database, name, connection.ConnectionString);
        await database._services.GetRequiredService<SchemaMigrator>().MigrateAsync(Cancellation);
        return database;
    }

    /// <summary>Imports daily bars, one line each: <c>ticker,date,open,high,low,close,volume</c>.</summary>
    public async Task ImportAsync(params string[] bars) =>
        Assert.Equal(bars.Length, (await ImportAtAsync("XNYS", bars)).Stored);

    /// <summary>The same at another exchange, and what came of it.</summary>
    public async Task<ImportReport> ImportAtAsync(string exchange, params string[] bars)
    {
        using var file = TemporaryFile.Of(["ticker,date,open,high,low,close,volume", .. bars]);
        return await new BarImporter(Source, TimeProvider.System).ImportAsync(
            file.Path, new ImportOptions(Exchange.All.Single(known => known.Code == exchange)), null, Cancellation);
    }

    /// <summary>Brings the schema to the migration of a name, forth or back; null is the newest.</summary>
    public async Task MigrateToAsync(string? migration)
    {
        var contexts = _services.GetRequiredService<IDbContextFactory<TradingDbContext>>();
        await using var context = await contexts.CreateDbContextAsync(Cancellation);
        await context.Database.MigrateAsync(migration, Cancellation);
    }

    public async Task<Instrument> InstrumentAsync(string ticker) =>
        await Instruments.FindAsync(ticker, Cancellation)
        ?? throw new InvalidOperationException($"There is no {ticker}.");

    public async Task<IReadOnlyList<StoredBar>> BarsAsync(string ticker, BarInterval interval) =>
        await Bars.ReadAsync((await InstrumentAsync(ticker)).Id, interval, null, null, null, 1000, Cancellation);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Cuts every connection and lets nobody in.</summary>
    public async Task GoAwayAsync()
    {
        await OnServerAsync($"ALTER DATABASE {_name} ALLOW_CONNECTIONS false");
        await OnServerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name}'");
    }

    public async Task ComeBackAsync()
    {
        await OnServerAsync($"ALTER DATABASE {_name} ALLOW_CONNECTIONS true");
        Source.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private async Task OnServerAsync(string sql)
    {
        await using var command = _server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}

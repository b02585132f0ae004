using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Benchmarks.Running;
using Trading.Data;
using Trading.Data.Import;
using Trading.Data.Schema;

namespace Trading.Benchmarks.Import;

/// <summary>A migrated database beside the system's own, on the same server.</summary>
internal sealed class ImportDatabase : IAsyncDisposable
{
    private const string Database = "bench_import";
    private const string Columns = "instrument_id, time, open, high, low, close, volume, source";

    private readonly ServiceProvider _services;
    private readonly string _rows;

    private ImportDatabase(string connectionString, TempFolder folder)
    {
        ConnectionString = connectionString;
        _rows = folder.Of("rows.csv");
        _services = new ServiceCollection().AddTradingData(_ => connectionString).BuildServiceProvider();
        Importer = new BarImporter(Source, TimeProvider.System);
    }

    public string ConnectionString { get; }

    public BarImporter Importer { get; }

    private NpgsqlDataSource Source => _services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<ImportDatabase> CreateAsync(
        string connectionString, TempFolder folder, CancellationToken cancellationToken)
    {
        await using (var server = NpgsqlDataSource.Create(connectionString))
        await using (var create = server.CreateCommand($"CREATE DATABASE {Database}"))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Database = Database };
        var database = new ImportDatabase(settings.ConnectionString, folder);
        await database._services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
        return database;
    }

    /// <summary>Empties what an import fills, and writes everything out, so that neither pays for what was before.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("TRUNCATE daily_bars, instruments, imports, corporate_actions CASCADE", cancellationToken);
        await ExecuteAsync("CHECKPOINT", cancellationToken);
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using var count = Source.CreateCommand("SELECT count(*) FROM daily_bars");
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    public Task ExportAsync(CancellationToken cancellationToken) => PsqlAsync(
        $@"\copy (SELECT {Columns} FROM daily_bars ORDER BY instrument_id, time) TO '{_rows}' CSV", cancellationToken);

    public Task CopyAsync(CancellationToken cancellationToken) =>
        PsqlAsync($@"\copy daily_bars ({Columns}) FROM '{_rows}' CSV", cancellationToken);

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task<string> PsqlAsync(string command, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
        return ChildProcess.RunAsync(
            Tools.Find("psql"),
            [
                "-X", "-q", "-v", "ON_ERROR_STOP=1",
                "-h", settings.Host!, "-p", settings.Port.ToString(CultureInfo.InvariantCulture),
                "-U", settings.Username!, "-d", settings.Database!,
                "-c", command,
            ],
            cancellationToken,
            new Dictionary<string, string> { ["PGPASSWORD"] = settings.Password ?? string.Empty });
    }
}

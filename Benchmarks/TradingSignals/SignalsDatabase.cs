using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Data;
using Trading.Data.Bars;
using Trading.Data.Schema;
using Trading.Domain.Market;

namespace Trading.Benchmarks.TradingSignals;

/// <summary>A migrated database beside the system's own, with five years of days of 500 instruments.</summary>
internal sealed class SignalsDatabase : IAsyncDisposable
{
    public const int Instruments = 500;

    private const string Database = "bench_signals";
    private const int Years = 5;

    private readonly ServiceProvider _services;

    private SignalsDatabase(string connectionString) =>
        _services = new ServiceCollection().AddLogging().AddTradingData(_ => connectionString).BuildServiceProvider();

    /// <summary>A Friday after the close of every exchange.</summary>
    public static DateTime End { get; } = new(2024, 6, 28, 23, 0, 0, DateTimeKind.Utc);

    public NpgsqlDataSource Source => _services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<SignalsDatabase> CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using (var server = NpgsqlDataSource.Create(connectionString))
        await using (var create = server.CreateCommand($"CREATE DATABASE {Database}"))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Database = Database };
        var database = new SignalsDatabase(settings.ConnectionString);
        await database._services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
        await database.FillAsync(cancellationToken);
        return database;
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var bars = _services.GetRequiredService<BarStore>();
        var markets = Instruments / SyntheticCompanies.All.Count + 1;
        for (var seed = 1; seed <= markets; seed++)
        {
            var market = new SyntheticMarket(seed, DateOnly.FromDateTime(End));
            var rows = new List<InstrumentBar>();
            var left = Instruments - ((seed - 1) * SyntheticCompanies.All.Count);
            foreach (var company in SyntheticCompanies.All.Take(left))
            {
                var id = await AddAsync($"{company.Ticker}.{seed}", company, cancellationToken);
                rows.AddRange(market.Bars(company, DateOnly.FromDateTime(End).AddYears(-Years))
                    .Select(bar => new InstrumentBar(id, bar, BarSource.Simulated)));
            }

            await bars.UpsertAsync(BarInterval.OneDay, rows, cancellationToken);
        }

        await using var analyze = Source.CreateCommand("ANALYZE daily_bars");
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> AddAsync(string ticker, SyntheticCompany company, CancellationToken cancellationToken)
    {
        await using var insert = Source.CreateCommand(
            """
            INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
            VALUES ($1, $1, $2, $3, $4, true) RETURNING id
            """);
        insert.Parameters.Add(new() { Value = ticker });
        insert.Parameters.Add(new() { Value = company.Exchange.Country });
        insert.Parameters.Add(new() { Value = company.Exchange.Currency });
        insert.Parameters.Add(new() { Value = company.Exchange.Code });
        return (int)(await insert.ExecuteScalarAsync(cancellationToken))!;
    }
}

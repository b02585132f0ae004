using Npgsql;
using NpgsqlTypes;
using Trading.Data.Bars;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.Data.Seeding;

/// <summary>Fills a database without instruments with the invented market: all of it, or nothing.</summary>
public sealed class SyntheticMarketSeeder(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const int Years = 5;

    /// <returns>How many instruments were added; 0 where there were some already.</returns>
    public async Task<int> SeedIfEmptyAsync(long seed, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(connection, cancellationToken);
        if (await HasInstrumentsAsync(connection, cancellationToken))
        {
            return 0;
        }

        var ids = await AddInstrumentsAsync(connection, cancellationToken);
        await BarUpsert.CopyAsync(connection, BarTable.Daily, Rows(seed, ids), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ids.Count;
    }

    // The import's lock too: an import that is under way into the empty database wins.
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection);
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = DatabaseLock.Import });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> HasInstrumentsAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM instruments)", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task<Dictionary<string, int>> AddInstrumentsAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO instruments (ticker, name, country, sector, currency, exchange, synthetic)
            SELECT *, true FROM unnest($1, $2, $3, $4, $5, $6)
            RETURNING ticker, id
            """,
            connection);
        Add(command, company => company.Ticker);
        Add(command, company => company.Name);
        Add(command, company => company.Exchange.Country);
        Add(command, company => company.Sector);
        Add(command, company => company.Exchange.Currency);
        Add(command, company => company.Exchange.Code);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetString(0), reader.GetInt32(1));
        }

        return ids;
    }

    private static void Add(NpgsqlCommand command, Func<SyntheticCompany, string> column) =>
        command.Parameters.Add(new()
        {
            Value = SyntheticCompanies.All.Select(column).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });

    private IEnumerable<InstrumentBar> Rows(long seed, Dictionary<string, int> ids)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var market = new SyntheticMarket(seed, DateOnly.FromDateTime(now.AddDays(1)));
        foreach (var company in SyntheticCompanies.All)
        {
            var last = TradingCalendar.Of(company.Exchange).LastCompleted(now);
            var end = company.Exchange.CloseOf(last);
            foreach (var bar in market.Bars(company, last.AddYears(-Years)).TakeWhile(bar => bar.Time <= end))
            {
                yield return new InstrumentBar(ids[company.Ticker], bar, BarSource.Simulated);
            }
        }
    }
}

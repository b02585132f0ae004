using Npgsql;
using NpgsqlTypes;
using Trading.Domain.Currencies;

namespace Trading.Data.Currencies;

/// <summary>Reference rates against the euro.</summary>
public sealed class RateStore(NpgsqlDataSource database)
{
    /// <summary>The last rate until a date of each of some currencies; those without any are missing.</summary>
    public async Task<IReadOnlyList<ReferenceRate>> LastAsync(
        string[] currencies, DateOnly date, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT asked.currency, last.date, last.rate FROM unnest($1) AS asked (currency) CROSS JOIN LATERAL (
                SELECT date, rate FROM reference_rates
                WHERE currency = asked.currency AND date <= $2 ORDER BY date DESC LIMIT 1) AS last
            """);
        command.Parameters.Add(new() { Value = currencies, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = date });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>The rates of a currency, by day.</summary>
    public async Task<IReadOnlyList<ReferenceRate>> ReadAsync(
        string currency, DateOnly from, DateOnly to, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT currency, date, rate FROM reference_rates
            WHERE currency = $1 AND date BETWEEN $2 AND $3 ORDER BY date LIMIT $4
            """);
        command.Parameters.Add(new() { Value = currency });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        command.Parameters.Add(new() { Value = limit });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Every currency that has rates, with its first day, last day and last rate.</summary>
    public async Task<IReadOnlyList<CurrencySpan>> ListAsync(CancellationToken cancellationToken)
    {
        // One look into the index for each currency and end, not a scan of all days.
        await using var command = database.CreateCommand(
            """
            WITH RECURSIVE known AS (
                (SELECT currency FROM reference_rates ORDER BY currency LIMIT 1)
                UNION ALL
                SELECT (SELECT currency FROM reference_rates WHERE currency > known.currency ORDER BY currency LIMIT 1)
                FROM known WHERE known.currency IS NOT NULL
            )
            SELECT known.currency, first.date, last.date, last.rate, last.source FROM known
            CROSS JOIN LATERAL (
                SELECT date FROM reference_rates WHERE currency = known.currency ORDER BY date LIMIT 1) AS first
            CROSS JOIN LATERAL (
                SELECT date, rate, source FROM reference_rates
                WHERE currency = known.currency ORDER BY date DESC LIMIT 1) AS last
            ORDER BY known.currency
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var spans = new List<CurrencySpan>();
        while (await reader.ReadAsync(cancellationToken))
        {
            spans.Add(new CurrencySpan(
                reader.GetString(0),
                await reader.GetFieldValueAsync<DateOnly>(1, cancellationToken),
                await reader.GetFieldValueAsync<DateOnly>(2, cancellationToken),
                reader.GetDecimal(3),
                reader.GetString(4)));
        }

        return spans;
    }

    /// <summary>The newest day of all; null where there is no rate.</summary>
    public async Task<DateOnly?> NewestAsync(CancellationToken cancellationToken)
    {
        var spans = await ListAsync(cancellationToken);
        return spans.Count == 0 ? null : spans.Max(span => span.Last);
    }

    /// <summary>Takes over rates; the same again changes nothing.</summary>
    /// <returns>Days with a new rate, and days with another.</returns>
    public async Task<(long Stored, long Updated)> StoreAsync(
        IReadOnlyCollection<ReferenceRate> rates, string source, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var counts = await RateUpsert.RunAsync(connection, rates, source, cancellationToken);
        return (counts.Stored, counts.Updated);
    }

    private static async Task<IReadOnlyList<ReferenceRate>> ReadAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rates = new List<ReferenceRate>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rates.Add(new ReferenceRate(
                reader.GetString(0),
                await reader.GetFieldValueAsync<DateOnly>(1, cancellationToken),
                reader.GetDecimal(2)));
        }

        return rates;
    }
}

/// <summary>The days of a currency that have rates.</summary>
public sealed record CurrencySpan(string Currency, DateOnly First, DateOnly Last, decimal Rate, string Source);

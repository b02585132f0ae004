using Npgsql;
using NpgsqlTypes;
using Trading.Data.Import;
using Trading.Domain.Currencies;

namespace Trading.Data.Currencies;

/// <summary>Writes rates; those that are stored already are left alone.</summary>
internal static class RateUpsert
{
    /// <summary>Counts days: stored where one of its rates is new, updated where one is another.</summary>
    public static async Task<MergeCounts> RunAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<ReferenceRate> rates,
        string source,
        CancellationToken cancellationToken)
    {
        var rows = rates.DistinctBy(rate => (rate.Currency, rate.Date)).ToList();
        await using var command = new NpgsqlCommand(
            """
            WITH merged AS (
                INSERT INTO reference_rates AS kept (currency, date, rate, source)
                SELECT currency, date, rate, $4 FROM unnest($1, $2, $3) AS new (currency, date, rate)
                ORDER BY currency, date
                ON CONFLICT (currency, date) DO UPDATE SET rate = excluded.rate, source = excluded.source
                WHERE kept.rate IS DISTINCT FROM excluded.rate
                RETURNING date, (xmax = 0) AS inserted
            ), days AS (
                SELECT bool_or(inserted) AS inserted FROM merged GROUP BY date
            )
            SELECT count(*) FILTER (WHERE inserted), count(*) FILTER (WHERE NOT inserted) FROM days
            """,
            connection);
        command.Parameters.Add(new()
        {
            Value = rows.ConvertAll(rate => rate.Currency),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        command.Parameters.Add(new() { Value = rows.ConvertAll(rate => rate.Date) });
        command.Parameters.Add(new() { Value = rows.ConvertAll(rate => rate.Rate) });
        command.Parameters.Add(new() { Value = source });
        return await MergeCounts.ReadAsync(command, rows.Select(rate => rate.Date).Distinct().Count(), cancellationToken);
    }
}

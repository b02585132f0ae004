using Npgsql;
using Trading.Domain.Market;

namespace Trading.Data.Import;

internal readonly record struct KnownInstrument(int Id, Exchange Exchange);

/// <summary>Finds instruments by ticker, and lists those that a file introduces.</summary>
internal static class InstrumentResolver
{
    public static async Task<Dictionary<string, KnownInstrument>> FindAsync(
        NpgsqlConnection connection,
        IEnumerable<string> tickers,
        Exchange fallback,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT ticker, id, exchange FROM instruments WHERE ticker = ANY($1)", connection);
        command.Parameters.Add(new() { Value = tickers.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var known = new Dictionary<string, KnownInstrument>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            var exchange = Exchange.TryFind(reader.GetString(2), out var listed) ? listed : fallback;
            known.Add(reader.GetString(0), new KnownInstrument(reader.GetInt32(1), exchange));
        }

        return known;
    }

    /// <summary>Adds those not known yet to the table and to <paramref name="known"/>; returns how many.</summary>
    public static async Task<int> CreateMissingAsync(
        NpgsqlConnection connection,
        Dictionary<string, KnownInstrument> known,
        IEnumerable<string> tickers,
        Exchange exchange,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? currencies = null)
    {
        var missing = tickers.Where(ticker => !known.ContainsKey(ticker)).Order(StringComparer.Ordinal).ToArray();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
            SELECT ticker, ticker, $2, currency, $4, false FROM unnest($1, $3) AS new (ticker, currency)
            RETURNING ticker, id
            """,
            connection);
        command.Parameters.Add(new() { Value = missing });
        command.Parameters.Add(new() { Value = exchange.Country });
        // The price of a pair is in its second currency, wherever it is listed.
        command.Parameters.Add(new()
        {
            Value = missing.Select(ticker => CurrencyPair.TryParse(ticker, out var pair)
                ? pair.Quote
                : currencies?.GetValueOrDefault(ticker) ?? exchange.Currency).ToArray(),
        });
        command.Parameters.Add(new() { Value = exchange.Code });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(reader.GetString(0), new KnownInstrument(reader.GetInt32(1), exchange));
        }

        return missing.Length;
    }
}

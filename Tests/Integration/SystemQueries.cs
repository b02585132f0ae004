using Trading.Contracts;

namespace Trading.Tests.Integration;

public static class SystemQueries
{
    /// <summary>A ticker that has a live quote.</summary>
    public static async Task<string> AnyTickerAsync(this TradingSystem system, CancellationToken cancellation)
    {
        var found = await Eventually.ReturnsAsync(
            async () =>
            {
                var page = await system.Api.SearchInstrumentsAsync(new InstrumentQuery { Limit = 50 }, cancellation);
                var tickers = page.Items.Where(item => item.Synthetic).Select(item => item.Ticker).ToArray();
                if (tickers.Length == 0)
                {
                    return null;
                }

                var batch = await system.Api.GetQuotesAsync(tickers, cancellation);
                return batch.Quotes.Count > 0 ? batch.Quotes[0] : null;
            },
            "an instrument with a quote");
        return found.Ticker;
    }

    /// <summary>Lets an experiment of days have begun earlier, so that there are bars to take it on by.</summary>
    public static async Task BeganEarlierAsync(
        this TradingSystem system, Guid experiment, TimeSpan earlier, CancellationToken cancellation)
    {
        await using var update = system.Database.CreateCommand(
            """
            UPDATE experiments SET started_at = started_at - $2, counts_from = counts_from - $2,
                spec = spec || jsonb_build_object(
                    'warm_from', to_char(((spec->>'warm_from')::timestamptz - $2) at time zone 'utc', $3),
                    'settings', spec->'settings' || jsonb_build_object(
                        'from', to_char((counts_from - $2) at time zone 'utc', $3)))
            WHERE id = $1
            """);
        update.Parameters.AddWithValue(experiment);
        update.Parameters.AddWithValue(earlier);
        update.Parameters.AddWithValue("YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"");
        await update.ExecuteNonQueryAsync(cancellation);
    }
}

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
}

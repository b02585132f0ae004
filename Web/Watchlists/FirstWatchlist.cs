using Trading.Contracts;

namespace Trading.Web.Watchlists;

/// <summary>
/// What a first visit shows: names that everyone knows where they are listed, otherwise a mix of sectors.
/// </summary>
internal static class FirstWatchlist
{
    private const int Length = 16;

    private static readonly string[] WellKnown =
        ["AAPL", "MSFT", "AMZN", "GOOGL", "NVDA", "JPM", "XOM", "JNJ", "WMT", "BTC-USD"];

    public static Watchlist From(IReadOnlyList<InstrumentResponse> instruments)
    {
        var byTicker = instruments.ToDictionary(instrument => instrument.Ticker);
        var known = WellKnown.Where(byTicker.ContainsKey);
        var mixed = instruments
            .GroupBy(instrument => (instrument.Sector, instrument.Country))
            .SelectMany(group => group.Select((instrument, place) => (instrument, place)))
            .OrderBy(each => each.place)
            .Select(each => each.instrument.Ticker);
        return new Watchlist { Name = "Watchlist", Tickers = [.. known.Concat(mixed).Distinct().Take(Length)] };
    }
}

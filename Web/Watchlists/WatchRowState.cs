using Trading.Contracts;
using Trading.Web.Live;

namespace Trading.Web.Watchlists;

/// <summary>
/// What one row of the watchlist shows; <see cref="Version"/> grows with every change, so that still rows are not
/// rendered.
/// </summary>
public sealed class WatchRowState(string ticker)
{
    public string Ticker { get; } = ticker;

    public InstrumentResponse? Instrument { get; set; }

    public bool IsUnknown { get; set; }

    public IReadOnlyList<double> Closes { get; set; } = [];

    public LiveQuote? Quote { get; private set; }

    /// <summary>
    /// The class that flashes the price; alternates between two, since a running animation restarts only under a new
    /// name.
    /// </summary>
    public string Flash { get; private set; } = "";

    public int Version { get; private set; }

    public void Take(LiveQuote quote)
    {
        var moved = Quote is null ? 0 : quote.Price.CompareTo(Quote.Price);
        Quote = quote;
        Version++;
        if (moved != 0)
        {
            Flash = $"{(moved > 0 ? "tick-up" : "tick-down")}-{Version % 2}";
        }
    }

    public void Touch() => Version++;
}

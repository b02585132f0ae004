namespace Trading.Web.Watchlists;

/// <summary>A named, ordered list of tickers, each once.</summary>
public sealed class Watchlist
{
    public const int MaxTickers = 100;

    public required string Name { get; set; }

    public List<string> Tickers { get; init; } = [];

    public bool IsFull => Tickers.Count >= MaxTickers;

    public bool Add(string ticker)
    {
        if (IsFull || Tickers.Contains(ticker))
        {
            return false;
        }

        Tickers.Add(ticker);
        return true;
    }

    /// <summary>Puts a ticker where another is; the others close up.</summary>
    public void Move(string ticker, int to)
    {
        if (Tickers.Remove(ticker))
        {
            Tickers.Insert(Math.Clamp(to, 0, Tickers.Count), ticker);
        }
    }
}

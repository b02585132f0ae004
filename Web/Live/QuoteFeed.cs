namespace Trading.Web.Live;

/// <summary>One circuit's view of <see cref="LiveQuotes"/>: what changed since it last looked, newest only.</summary>
public sealed class QuoteFeed : IDisposable
{
    private readonly LiveQuotes _quotes;
    private readonly Lock _gate = new();
    private HashSet<string> _tickers = [];
    private HashSet<string> _changed = [];

    internal QuoteFeed(LiveQuotes quotes) => _quotes = quotes;

    /// <summary>Makes these the tickers that the feed follows, in place of those before.</summary>
    public void Watch(IEnumerable<string> tickers)
    {
        var wanted = tickers.ToHashSet();
        var before = _tickers;
        _tickers = wanted;
        lock (_gate)
        {
            _changed.UnionWith(wanted.Except(before));
        }

        _quotes.Add(this, wanted.Except(before));
        _quotes.Remove(this, before.Except(wanted));
    }

    public IReadOnlyList<LiveQuote> Drain()
    {
        HashSet<string> changed;
        lock (_gate)
        {
            if (_changed.Count == 0)
            {
                return [];
            }

            (changed, _changed) = (_changed, []);
        }

        return [.. changed.Select(_quotes.Find).OfType<LiveQuote>()];
    }

    public void Dispose() => Watch([]);

    internal void Mark(string ticker)
    {
        lock (_gate)
        {
            _changed.Add(ticker);
        }
    }
}

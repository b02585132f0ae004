using Trading.Domain.Market;
using Trading.PricingWorker.Sources;

namespace Trading.Tests.Worker;

/// <summary>
/// Counts: at its n-th tick every instrument has price n, so that a tick that is lost, doubled or out of order shows.
/// </summary>
internal sealed class CountingSource : IQuoteSource
{
    private readonly HashSet<string> _tickers = [];
    private long _ticks;

    /// <param name="start">Where it begins to count.</param>
    public CountingSource(long start = 0) => _ticks = start;

    public long Ticks => Interlocked.Read(ref _ticks);

    public BarSource Source => BarSource.Live;

    public Task<IReadOnlyList<QuoteStart>> PrepareAsync(
        IReadOnlyList<QuoteStart> added, CancellationToken cancellationToken) => Task.FromResult(added);

    public void Update(UniverseChange change)
    {
        _tickers.ExceptWith(change.Removed);
        _tickers.UnionWith(change.Added.Select(start => start.Instrument.Ticker));
    }

    public void Tick(DateTime utc, QuoteOutlet outlet)
    {
        if (_tickers.Count == 0)
        {
            return;
        }

        double price = Interlocked.Increment(ref _ticks);
        var count = 0;
        foreach (var ticker in _tickers)
        {
            outlet.Room[count++] = new Quote(ticker, price, 1, 1, price, 1, price);
        }

        outlet.Publish(utc, Source, count);
    }
}

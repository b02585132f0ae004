using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

/// <summary>A source for each class of instruments, as one.</summary>
internal sealed class SourcesByClass(IReadOnlyDictionary<AssetClass, IQuoteSource> sources) : IQuoteSource
{
    private readonly IQuoteSource[] _parts = [.. sources.Values.Distinct()];
    private readonly Dictionary<string, IQuoteSource> _quotes = [];

    public BarSource Source => _parts[0].Source;

    public IQuoteSource PartFor(Instrument instrument) => sources[instrument.ClassOf()];

    public async Task<IReadOnlyList<QuoteStart>> PrepareAsync(
        IReadOnlyList<QuoteStart> added, CancellationToken cancellationToken)
    {
        var ready = new List<QuoteStart>(added.Count);
        foreach (var part in added.GroupBy(start => PartFor(start.Instrument)))
        {
            ready.AddRange(await part.Key.PrepareAsync([.. part], cancellationToken));
        }

        return ready;
    }

    public void Update(UniverseChange change)
    {
        foreach (var start in change.Added)
        {
            _quotes[start.Instrument.Ticker] = PartFor(start.Instrument);
        }

        foreach (var part in _parts)
        {
            part.Update(change with
            {
                Added = [.. change.Added.Where(start => _quotes[start.Instrument.Ticker] == part)],
                Removed = [.. change.Removed.Where(ticker => _quotes.GetValueOrDefault(ticker) == part)],
            });
        }

        foreach (var ticker in change.Removed)
        {
            _quotes.Remove(ticker);
        }
    }

    public void Tick(DateTime utc, QuoteOutlet outlet)
    {
        foreach (var part in _parts)
        {
            part.Tick(utc, outlet);
        }
    }
}

using Trading.Domain.Market;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Providers.Live;

/// <summary>
/// Quotes of one class of instruments as providers give them; who asks them is <see cref="LiveFeeds"/>.
/// </summary>
internal sealed class LiveSource(ProviderChain chain, LiveQuotes quotes) : IQuoteSource
{
    private IReadOnlyList<Instrument> _instruments = [];

    public BarSource Source => BarSource.Live;

    public ProviderChain Chain => chain;

    public LiveQuotes Quotes => quotes;

    /// <summary>Those that are quoted; another list when they change.</summary>
    public IReadOnlyList<Instrument> Instruments => Volatile.Read(ref _instruments);

    public Task<IReadOnlyList<QuoteStart>> PrepareAsync(
        IReadOnlyList<QuoteStart> added, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuoteStart>>([.. added.Where(start => CanQuote(start.Instrument))]);

    public void Update(UniverseChange change)
    {
        foreach (var ticker in change.Removed)
        {
            quotes.Remove(ticker);
        }

        foreach (var start in change.Added)
        {
            if (Exchange.TryFind(start.Instrument.Exchange, out var exchange))
            {
                quotes.Add(start, exchange);
            }
        }

        if (change.Removed.Count + change.Added.Count > 0)
        {
            Volatile.Write(ref _instruments,
            [
                .. _instruments.Where(known => !change.Removed.Contains(known.Ticker)),
                .. change.Added.Select(start => start.Instrument),
            ]);
        }
    }

    public void Tick(DateTime utc, QuoteOutlet outlet) => quotes.Publish(utc, outlet);

    // Nobody has real prices of invented companies.
    private bool CanQuote(Instrument instrument) =>
        !instrument.Synthetic
        && Exchange.TryFind(instrument.Exchange, out _)
        && chain.Able(ProviderAbilities.Quotes).Concat(chain.Able(ProviderAbilities.Stream))
            .Any(provider => provider.Covers(instrument));
}

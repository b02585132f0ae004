using Microsoft.Extensions.Options;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;

namespace Trading.PricingWorker.Sources;

/// <summary>An invented market.</summary>
internal sealed class SimulatedSource(IOptions<QuoteOptions> options, TimeProvider time)
    : IQuoteSource, IMarketDataProvider
{
    private readonly QuoteSimulator _market =
        new(options.Value.Seed, options.Value.ChangeShare, time.GetUtcNow().UtcDateTime);

    public BarSource Source => BarSource.Simulated;

    public ProviderName Name => ProviderName.Simulated;

    public ProviderAbilities Abilities => ProviderAbilities.Ticks;

    public IQuoteSource Ticks => this;

    public bool Covers(Instrument instrument) => true;

    public Task<IReadOnlyList<QuoteStart>> PrepareAsync(
        IReadOnlyList<QuoteStart> added, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuoteStart>>([.. added.Where(CanStart)]);

    public void Update(UniverseChange change)
    {
        foreach (var ticker in change.Removed)
        {
            _market.Remove(ticker);
        }

        foreach (var start in change.Added)
        {
            _market.Add(start);
        }
    }

    public void Tick(DateTime utc, QuoteOutlet outlet) =>
        outlet.Publish(utc, Source, _market.Step(utc, outlet.Room));

    private static bool CanStart(QuoteStart start) =>
        start.LastSession.Close > 0 && Exchange.TryFind(start.Instrument.Exchange, out _);
}

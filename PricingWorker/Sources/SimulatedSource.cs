using Microsoft.Extensions.Options;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

internal sealed class SimulatedSource(IOptions<QuoteOptions> options, TimeProvider time) : IQuoteSource
{
    private readonly QuoteSimulator _market =
        new(options.Value.Seed, options.Value.ChangeShare, time.GetUtcNow().UtcDateTime);

    public BarSource Source => BarSource.Simulated;

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

    public int Tick(DateTime utc, Span<Quote> changed) => _market.Step(utc, changed);

    private static bool CanStart(QuoteStart start) =>
        start.LastSession.Close > 0 && Exchange.TryFind(start.Instrument.Exchange, out _);
}

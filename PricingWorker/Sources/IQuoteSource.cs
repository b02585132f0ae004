using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

internal interface IQuoteSource
{
    BarSource Source { get; }

    /// <summary>Fetches what new instruments need, beside the ticks. Returns those that can be quoted.</summary>
    Task<IReadOnlyList<QuoteStart>> PrepareAsync(IReadOnlyList<QuoteStart> added, CancellationToken cancellationToken);

    /// <summary>Takes prepared instruments up and drops others, between two ticks.</summary>
    void Update(UniverseChange change);

    /// <summary>
    /// Writes the quotes that changed since the last tick, one per instrument at most, and returns how many.
    /// </summary>
    int Tick(DateTime utc, Span<Quote> changed);
}

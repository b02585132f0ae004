using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

internal interface IQuoteSource
{
    BarSource Source { get; }

    /// <summary>Fetches what new instruments need, beside the ticks. Returns those that can be quoted.</summary>
    Task<IReadOnlyList<QuoteStart>> PrepareAsync(IReadOnlyList<QuoteStart> added, CancellationToken cancellationToken);

    /// <summary>Takes prepared instruments up and drops others, between two ticks.</summary>
    void Update(UniverseChange change);

    /// <summary>Publishes the quotes that changed since the last tick, one per instrument at most.</summary>
    void Tick(DateTime utc, QuoteOutlet outlet);

    /// <summary>The one of several that quotes an instrument.</summary>
    IQuoteSource PartFor(Instrument instrument) => this;
}

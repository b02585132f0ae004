using Trading.Domain.Market;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Providers;

/// <summary>
/// Whoever prices come from. What one cannot do, its <see cref="Abilities"/> say, and it is not asked for it. All
/// failures are <see cref="ProviderException"/>s.
/// </summary>
internal interface IMarketDataProvider
{
    ProviderName Name { get; }

    ProviderAbilities Abilities { get; }

    /// <summary>A quote older than this, while its market trades, is late.</summary>
    TimeSpan LateAfter => TimeSpan.MaxValue;

    /// <summary>What is asked every tick; null without <see cref="ProviderAbilities.Ticks"/>.</summary>
    IQuoteSource? Ticks => null;

    /// <summary>Whether there is a name for the instrument there; not whether it is known under it.</summary>
    bool Covers(Instrument instrument);

    /// <summary>The sessions from one date to another, both included, in order; those that are over.</summary>
    Task<ProviderHistory> ReadDailyAsync(
        Instrument instrument, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        throw Cannot(ProviderAbilities.DailyBars);

    /// <summary>
    /// The newest quotes; instruments that are not known there are left out. It fails only where nothing came.
    /// </summary>
    Task<QuoteAnswer> ReadQuotesAsync(
        IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken) =>
        throw Cannot(ProviderAbilities.Quotes);

    /// <summary>Quotes as they happen, until the connection ends.</summary>
    IAsyncEnumerable<ProvidedQuote> StreamAsync(
        IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken) =>
        throw Cannot(ProviderAbilities.Stream);

    private InvalidOperationException Cannot(ProviderAbilities what) => new($"{Name} has no {what}.");
}

using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

/// <summary>How the set of quoted instruments changes, and what it is then.</summary>
internal sealed record UniverseChange(
    IReadOnlyList<QuoteStart> Added,
    IReadOnlyList<string> Removed,
    IReadOnlySet<string> Quoted);

using Trading.Domain.Market;
using Trading.PricingWorker.Sharing;

namespace Trading.PricingWorker.Sources;

/// <summary>How the set of quoted instruments changes, and what it is then.</summary>
internal sealed record UniverseChange(
    IReadOnlyList<QuoteStart> Added,
    IReadOnlyList<string> Removed,
    IReadOnlySet<string> Quoted)
{
    /// <summary>The worker's share that it was made for; null where all is quoted.</summary>
    public OwnShards? Own { get; init; }
}

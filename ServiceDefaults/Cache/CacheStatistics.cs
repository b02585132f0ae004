namespace Trading.ServiceDefaults.Cache;

/// <summary>What the cache of this process did since it started, and what it holds.</summary>
/// <param name="IsShared">Whether Redis is asked now; memory alone otherwise.</param>
/// <param name="Entries">Values in memory.</param>
/// <param name="Bytes">What they take.</param>
/// <param name="Evicted">Values that made room for others.</param>
/// <param name="Refused">Values not kept in memory, as all those there were asked for more often.</param>
/// <param name="Unsound">What Redis held under our keys that was no value of ours; it was read anew.</param>
/// <param name="Invalidations">How often something was made stale.</param>
/// <param name="Kinds">Hits and misses by kind of data.</param>
public sealed record CacheStatistics(
    bool IsShared,
    int Entries,
    long Bytes,
    long Evicted,
    long Refused,
    long Unsound,
    long Invalidations,
    IReadOnlyList<CacheKind> Kinds);

namespace Trading.Contracts;

/// <summary>Redis as this replica sees it, and this replica's use of the cache.</summary>
/// <param name="Backend"><c>redis</c>, or <c>memory</c> while Redis is away.</param>
/// <param name="Keys">Keys in Redis; null while it is away.</param>
/// <param name="UsedBytes">The memory it holds.</param>
/// <param name="Hits">Reads that found a key, since Redis started.</param>
/// <param name="Misses">Reads that found none.</param>
/// <param name="Clients">Connections to Redis.</param>
/// <param name="Use">What this replica cached since it started.</param>
public sealed record CacheResponse(
    string Backend, long? Keys, long? UsedBytes, long? Hits, long? Misses, long? Clients, CacheUseResponse Use);

/// <summary>What a replica cached since it started.</summary>
/// <param name="Entries">Values in its memory.</param>
/// <param name="Bytes">What they take there.</param>
/// <param name="HitShare">The share of answers that came from memory or Redis; null before the first.</param>
/// <param name="Evicted">Values that made room for others.</param>
/// <param name="Refused">Values not kept in memory, as those there were asked for more often.</param>
/// <param name="Unsound">Values in Redis that could not be read, and were made anew.</param>
/// <param name="Invalidations">How often something was made stale.</param>
/// <param name="Kinds">The same by kind of data.</param>
public sealed record CacheUseResponse(
    int Entries,
    long Bytes,
    double? HitShare,
    long Evicted,
    long Refused,
    long Unsound,
    long Invalidations,
    IReadOnlyList<CacheKindResponse> Kinds);

/// <summary>A kind of data in the cache of a replica.</summary>
/// <param name="Kind"><c>quotes</c>, <c>signals</c>, <c>analyses</c>, <c>countries</c> or <c>bars</c>.</param>
/// <param name="LifetimeSeconds">The longest that a value lives.</param>
/// <param name="MemoryHits">Answers from the replica's memory.</param>
/// <param name="RedisHits">Answers from Redis.</param>
/// <param name="Misses">Answers that were made anew.</param>
/// <param name="Joined">Requests that waited for an answer that was being made for another.</param>
public sealed record CacheKindResponse(
    string Kind, double LifetimeSeconds, long MemoryHits, long RedisHits, long Misses, long Joined);

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>What one limit did in this process since it started.</summary>
/// <param name="Rule">The limit's name.</param>
/// <param name="Algorithm">How it counts.</param>
/// <param name="Permits">How many it allows.</param>
/// <param name="Window">For how long.</param>
/// <param name="Allowed">Requests let through.</param>
/// <param name="Refused">Requests refused.</param>
/// <param name="Partitions">Callers that it now keeps in mind here.</param>
/// <param name="Shared">Whether the state is in Redis; in this process' memory otherwise.</param>
public sealed record RateLimitStatistics(
    string Rule,
    RateLimitAlgorithm Algorithm,
    int Permits,
    TimeSpan Window,
    long Allowed,
    long Refused,
    int Partitions,
    bool Shared);

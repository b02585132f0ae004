using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Limits;

/// <summary>One limit as it is configured.</summary>
internal sealed class LimitOptions(
    TimeSpan window, int? permits = null, RateLimitAlgorithm algorithm = RateLimitAlgorithm.SlidingWindow)
{
    private readonly int? _default = permits;

    /// <summary>How many; null for the default.</summary>
    public int? Permits { get; set; }

    public TimeSpan Window { get; set; } = window;

    public RateLimitAlgorithm Algorithm { get; set; } = algorithm;

    /// <summary>The rule, with at least so many permits where they are not set.</summary>
    public RateLimitRule Rule(string name, int atLeast) =>
        new(name, Algorithm, Permits ?? Math.Max(_default ?? 0, atLeast), Window);
}

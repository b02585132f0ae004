using System.Globalization;

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>One limit, as each of its partitions has it.</summary>
/// <param name="Name">Lower-case, unique; part of the key in Redis and the tag of metrics.</param>
/// <param name="Algorithm">How it counts.</param>
/// <param name="Permits">How many; at least 1.</param>
/// <param name="Window">For how long; 20 ms to 30 days.</param>
public sealed record RateLimitRule(string Name, RateLimitAlgorithm Algorithm, int Permits, TimeSpan Window)
{
    /// <summary>The steps in which a sliding window slides.</summary>
    internal const int Segments = 20;

    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(Segments);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(30);

    /// <summary>The limit as the header <c>RateLimit-Policy</c> says it: <c>60;w=60;name="address"</c>.</summary>
    public string Policy { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Permits};w={Math.Ceiling(Window.TotalSeconds)};name=\"{Name}\"");

    internal long WindowMilliseconds { get; } = (long)Window.TotalMilliseconds;

    /// <summary>Whether the figures are in range.</summary>
    public bool IsValid => Permits > 0 && Window >= _shortest && Window <= _longest;

    internal string KeyOf(UInt128 partition) =>
        string.Create(CultureInfo.InvariantCulture, $"limits:{Name}:{partition:x}");
}

using System.ComponentModel.DataAnnotations;

namespace Trading.ServiceDefaults.Cache;

/// <summary>How much is cached, and for how long; section <c>Cache</c>.</summary>
public sealed class CacheOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cache";

    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    /// <summary>The most values in memory.</summary>
    [Range(1, 10_000_000)]
    public int MemoryEntries { get; set; } = 20_000;

    /// <summary>The most memory they take, in bytes.</summary>
    [Range(1024, 1L << 40)]
    public long MemoryBytes { get; set; } = 128 << 20;

    /// <summary>A value of more bytes than this is not cached.</summary>
    [Range(1024, 512 << 20)]
    public int LargestValue { get; set; } = 4 << 20;

    /// <summary>A value of more bytes than this is compressed in Redis.</summary>
    [Range(64, 512 << 20)]
    public int CompressAbove { get; set; } = 4096;

    /// <summary>
    /// Values expire up to this share of their lifetime early, each at another time, so that they are not all read anew at once.
    /// </summary>
    [Range(0, 0.9)]
    public double Jitter { get; set; } = 0.1;

    /// <summary>Whether what everybody asks for is read when the service starts.</summary>
    public bool Warm { get; set; } = true;

    /// <summary>How long values of a kind live; the kinds are those of <see cref="CacheKinds"/>.</summary>
    public IDictionary<string, TimeSpan> Lifetimes { get; } =
        new Dictionary<string, TimeSpan>(CacheKinds.Lifetimes, StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (kind, lifetime) in Lifetimes)
        {
            if (!CacheKinds.Lifetimes.ContainsKey(kind))
            {
                yield return new ValidationResult(
                    $"Cache:Lifetimes:{kind} is no kind of data; there are {string.Join(", ", CacheKinds.Lifetimes.Keys)}.");
            }

            if (lifetime < _shortest || lifetime > _longest)
            {
                yield return new ValidationResult($"Cache:Lifetimes:{kind} is {lifetime}; it is 0.1 seconds to a day.");
            }
        }
    }
}

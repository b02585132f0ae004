namespace Trading.ServiceDefaults.Cache;

/// <summary>Where a value came from.</summary>
public enum CacheSource
{
    /// <summary>Read anew.</summary>
    Read,

    /// <summary>This process' memory.</summary>
    Memory,

    /// <summary>Redis.</summary>
    Redis,
}

/// <summary>An answer of the cache.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Value">The value; null where what was read is not to be kept.</param>
/// <param name="Source">Where it came from.</param>
public readonly record struct CacheRead<T>(T? Value, CacheSource Source)
    where T : class;

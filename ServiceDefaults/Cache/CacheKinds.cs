namespace Trading.ServiceDefaults.Cache;

/// <summary>The kinds of data that are cached. Each has a lifetime of its own.</summary>
public static class CacheKinds
{
    /// <summary>Prices of now.</summary>
    public const string Quotes = "quotes";

    /// <summary>Signals and what became of them.</summary>
    public const string Signals = "signals";

    /// <summary>What takes long to compute.</summary>
    public const string Analyses = "analyses";

    /// <summary>Lists of instruments, by country and otherwise.</summary>
    public const string Countries = "countries";

    /// <summary>Bars of the past.</summary>
    public const string Bars = "bars";

    /// <summary>The lifetimes where nothing else is configured.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> Lifetimes { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        [Quotes] = TimeSpan.FromSeconds(30),
        [Signals] = TimeSpan.FromSeconds(60),
        [Analyses] = TimeSpan.FromMinutes(5),
        [Countries] = TimeSpan.FromHours(1),
        [Bars] = TimeSpan.FromMinutes(5),
    };
}

namespace Trading.PricingWorker.Providers;

/// <summary>Whoever prices can come from, as the configuration names them.</summary>
internal enum ProviderName
{
    /// <summary>Invented prices.</summary>
    Simulated,

    /// <summary>Stored prices, played again.</summary>
    Replay,

    Yahoo,
    Binance,
    Stooq,
    Ecb,

    /// <summary>Files in a folder.</summary>
    Csv,
}

internal static class ProviderNames
{
    /// <summary>True where the prices did not happen: such a provider never stands in for another.</summary>
    public static bool IsSynthetic(this ProviderName name) => name is ProviderName.Simulated or ProviderName.Replay;

    /// <summary>As in metrics and in the API.</summary>
    public static string Code(this ProviderName name) => name.ToString().ToLowerInvariant();
}

namespace Trading.PricingWorker.Providers.Yahoo;

internal static class YahooTime
{
    /// <summary>The year 3000: milliseconds are beyond it.</summary>
    private const long Latest = 32_503_680_000;

    /// <summary>Null where it cannot be a time in seconds.</summary>
    public static DateTimeOffset? Of(long seconds) =>
        seconds is > 0 and < Latest ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}

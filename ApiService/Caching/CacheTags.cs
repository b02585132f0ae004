using Trading.Data.Changes;

namespace Trading.ApiService.Caching;

/// <summary>What answers are made of, as sets for <see cref="CachedEndpointExtensions.Cached(RouteHandlerBuilder, string, string[], bool, bool)"/>.</summary>
internal static class CacheTags
{
    public static string[] Instruments { get; } = [DataChange.Instruments, DataChange.Bars];

    public static string[] Signals { get; } = [DataChange.Signals, DataChange.Instruments];

    public static string[] PastBars { get; } = [DataChange.Bars, DataChange.Actions, DataChange.Instruments];

    public static string[] Bars { get; } = [.. PastBars, DataChange.LiveBars];
}

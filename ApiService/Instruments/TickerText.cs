using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Market;

namespace Trading.ApiService.Instruments;

/// <summary>Reads tickers as clients write them: in any case, and with the slash of a pair escaped in a path.</summary>
internal static class TickerText
{
    public const string Rule = "A ticker has 1 to 24 characters of A-Z, 0-9 and . - / ^ =, in any case.";

    // The server leaves an escaped slash in a path as it is, as it would part the segments.
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? ticker) =>
        Ticker.TryNormalize(text?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), out ticker);
}

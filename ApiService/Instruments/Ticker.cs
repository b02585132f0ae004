using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Market;

namespace Trading.ApiService.Instruments;

/// <summary>Reads tickers as clients write them: in any case, and with the slash of a pair escaped in a path.</summary>
internal static class Ticker
{
    private static readonly SearchValues<char> _allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-/^=");

    public const string Rule = "A ticker has 1 to 24 characters of A-Z, 0-9 and . - / ^ =, in any case.";

    public static bool IsValid(ReadOnlySpan<char> ticker) =>
        ticker.Length is > 0 and <= QuoteFrame.MaxTickerLength && !ticker.ContainsAnyExcept(_allowed);

    public static bool TryRead(string? text, [NotNullWhen(true)] out string? ticker)
    {
        // The server leaves an escaped slash in a path as it is, as it would part the segments.
        ticker = text?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Trim().ToUpperInvariant();
        return IsValid(ticker);
    }
}

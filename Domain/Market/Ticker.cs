using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Trading.Domain.Market;

/// <summary>The form of tickers: 1 to 24 characters of A-Z, 0-9, '.', '-', '/', '^' and '='.</summary>
public static class Ticker
{
    private const int MaxLength = 24;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-/^=");

    /// <summary>Brings a ticker to its stored form: trimmed, upper case.</summary>
    /// <param name="text">As someone wrote it.</param>
    /// <param name="ticker">The stored form, when true is returned.</param>
    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? ticker)
    {
        ticker = text?.Trim().ToUpperInvariant();
        if (ticker is { Length: > 0 and <= MaxLength } && !ticker.AsSpan().ContainsAnyExcept(Allowed))
        {
            return true;
        }

        ticker = null;
        return false;
    }
}

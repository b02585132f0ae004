namespace Trading.Domain.Market;

/// <summary>The price of one unit of a currency in another.</summary>
/// <param name="Base">ISO 4217 code of the currency that is priced.</param>
/// <param name="Quote">ISO 4217 code of the currency that the price is in.</param>
public readonly record struct CurrencyPair(string Base, string Quote)
{
    private const int CodeLength = 3;

    /// <summary>
    /// Reads a ticker of the form <c>EUR/USD</c> or <c>EURUSD=X</c>; six letters alone may be a share.
    /// </summary>
    /// <param name="ticker">The ticker, upper case.</param>
    /// <param name="pair">The pair, when true is returned.</param>
    public static bool TryParse(string? ticker, out CurrencyPair pair)
    {
        var letters = ticker switch
        {
            { Length: 7 } when ticker[CodeLength] == '/' => ticker.Remove(CodeLength, 1),
            { Length: 8 } when ticker.EndsWith("=X", StringComparison.Ordinal) => ticker[..(2 * CodeLength)],
            _ => string.Empty,
        };
        var isPair = letters.Length == 2 * CodeLength && letters.All(char.IsAsciiLetterUpper);
        pair = isPair ? new CurrencyPair(letters[..CodeLength], letters[CodeLength..]) : default;
        return isPair;
    }
}

using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Yahoo;

/// <summary>What Yahoo calls our instruments.</summary>
internal static class YahooSymbols
{
    private static readonly Dictionary<string, string> _endings = new()
    {
        ["XNYS"] = "", ["XNAS"] = "", ["XLON"] = ".L", ["XETR"] = ".DE", ["XSWX"] = ".SW", ["XTKS"] = ".T",
        ["XTSE"] = ".TO",
    };

    public static bool TryFind(Instrument instrument, [NotNullWhen(true)] out string? symbol)
    {
        symbol = instrument.ClassOf() switch
        {
            AssetClass.Currency when CurrencyPair.TryParse(instrument.Ticker, out var pair) =>
                $"{pair.Base}{pair.Quote}=X",
            AssetClass.Crypto => CoinOf(instrument.Ticker),
            _ when instrument.Ticker.StartsWith('^') => instrument.Ticker,
            _ => _endings.TryGetValue(instrument.Exchange, out var ending)
                ? WithEnding(instrument.Ticker, ending)
                : null,
        };
        return symbol is not null;
    }

    // BRK.B is BRK-B there; a point parts the exchange.
    private static string WithEnding(string ticker, string ending) =>
        ending.Length > 0 && ticker.EndsWith(ending, StringComparison.Ordinal)
            ? ticker
            : ticker.Replace('.', '-').Replace('/', '-') + ending;

    private static string? CoinOf(string ticker) =>
        ticker.Split('-', '/') is [{ Length: > 0 } coin, { Length: 3 } currency] ? $"{coin}-{currency}" : null;
}

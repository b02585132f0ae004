using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Binance;

internal static class BinanceSymbols
{
    private const int ShortestPair = 5;

    /// <summary>
    /// BTC/USDT and BTC-USDT are BTCUSDT there; there is no dollar, so BTC-USD is read in Tether.
    /// </summary>
    public static bool TryFind(Instrument instrument, [NotNullWhen(true)] out string? symbol)
    {
        var letters = string.Concat(instrument.Ticker.Split('-', '/'));
        var isPair = letters.Length >= ShortestPair && letters.All(char.IsAsciiLetterOrDigit);
        symbol = isPair && instrument.ClassOf() == AssetClass.Crypto
            ? letters.EndsWith("USD", StringComparison.Ordinal) ? $"{letters}T" : letters
            : null;
        return symbol is not null;
    }
}

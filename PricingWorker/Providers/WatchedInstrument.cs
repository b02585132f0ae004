using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers;

/// <summary>
/// An instrument that is to be listed, as <c>AAPL@XNAS</c>; with its currency where that is not its exchange's, as
/// <c>VUSD@XLON:USD</c>.
/// </summary>
internal static class WatchedInstrument
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Instrument? instrument)
    {
        instrument = text.Split('@') is [var symbol, var place]
            && place.ToUpperInvariant().Split(':', StringSplitOptions.TrimEntries) is [var code, .. { Length: <= 1 } told]
            && Ticker.TryNormalize(symbol, out var ticker)
            && Exchange.TryFind(code, out var exchange)
            && CurrencyOf(ticker, exchange, told.FirstOrDefault()) is { } currency
                ? Of(ticker, exchange, currency)
                : null;
        return instrument is not null;
    }

    /// <summary>Null where what is told is no currency, or not the pair's.</summary>
    private static string? CurrencyOf(string ticker, Exchange exchange, string? told)
    {
        var own = CurrencyPair.TryParse(ticker, out var pair) ? pair.Quote : null;
        return told is null ? own ?? exchange.Currency
            : told is { Length: 3 } && told.All(char.IsAsciiLetterUpper) && (own ?? told) == told ? told
            : null;
    }

    private static Instrument Of(string ticker, Exchange exchange, string currency) =>
        new(0, ticker, ticker, exchange.Country, null, currency, exchange.Code, Synthetic: false);
}

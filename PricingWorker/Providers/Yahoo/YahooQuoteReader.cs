using System.Text.Json;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Yahoo;

internal static class YahooQuoteReader
{
    /// <summary>
    /// Quotes without a price or a time are left out, as those of instruments nobody asked for. Others that make no sense
    /// are told.
    /// </summary>
    /// <exception cref="ProviderException">None of the quotes makes sense.</exception>
    public static QuoteAnswer Read(IReadOnlyList<JsonElement>? quotes, Dictionary<string, Instrument> bySymbol)
    {
        if (quotes is null)
        {
            throw ProviderException.Invalid("The answer has no quotes.");
        }

        var (read, odd) = (new List<ProvidedQuote>(quotes.Count), new List<ProviderException>());
        foreach (var element in quotes)
        {
            try
            {
                read.AddRange(QuotesOf(element.Deserialize(YahooJson.Default.YahooQuote), bySymbol));
            }
            catch (JsonException error)
            {
                odd.Add(ProviderException.Invalid("A quote makes no sense.", error));
            }
            catch (ProviderException failure)
            {
                odd.Add(failure);
            }
        }

        return read.Count > 0 || odd.Count == 0 || odd.Exists(one => one.Kind != FailureKind.InvalidData)
            ? new QuoteAnswer(read, odd)
            : throw odd[0];
    }

    private static IEnumerable<ProvidedQuote> QuotesOf(YahooQuote? quote, Dictionary<string, Instrument> bySymbol)
    {
        if (bySymbol.TryGetValue(quote?.Symbol ?? string.Empty, out var instrument)
            && quote is { RegularMarketPrice: { } price, RegularMarketTime: > 0 and var time })
        {
            yield return QuoteOf(quote, instrument, price, time);
        }
    }

    private static ProvidedQuote QuoteOf(YahooQuote quote, Instrument instrument, double written, long seconds)
    {
        var time = YahooTime.Of(seconds)
            ?? throw ProviderException.Invalid($"The quote of {instrument.Ticker} has no time: {seconds}.");
        var scale = YahooPrice.Scale(quote.Currency, instrument);
        var price = Price(written, scale);
        var open = Price(quote.RegularMarketOpen ?? written, scale);
        return new ProvidedQuote(
            new Quote(
                instrument.Ticker,
                price,
                Price(quote.RegularMarketPreviousClose ?? double.NaN, scale),
                open,
                // The extremes are told a moment later than the price.
                Math.Max(Price(quote.RegularMarketDayHigh ?? written, scale), Math.Max(open, price)),
                Math.Min(Price(quote.RegularMarketDayLow ?? written, scale), Math.Min(open, price)),
                quote.RegularMarketVolume ?? 0),
            time.UtcDateTime,
            quote.MarketState == "REGULAR");
    }

    private static double Price(double written, double scale) =>
        SignificantDigits.OfPrice(YahooPrice.Of(written) * scale);
}

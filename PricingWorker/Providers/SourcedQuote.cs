namespace Trading.PricingWorker.Providers;

/// <summary>A quote, who gave it, and whether it is older than it should be.</summary>
internal readonly record struct SourcedQuote(ProvidedQuote Provided, ProviderName Provider, bool IsLate)
{
    public string Ticker => Provided.Quote.Ticker;

    /// <summary>Marks what a provider gave at an instant.</summary>
    public static SourcedQuote Of(IMarketDataProvider provider, in ProvidedQuote quote, DateTime utc) => new(
        quote, provider.Name, quote.IsTrading && utc - quote.Time > provider.LateAfter);
}

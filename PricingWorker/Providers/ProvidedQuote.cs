using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers;

/// <summary>A quote as a provider gives it.</summary>
/// <param name="Quote">Under our ticker; NaN as the previous close where the provider does not tell it.</param>
/// <param name="Time">When it was made there, UTC.</param>
/// <param name="IsTrading">Whether the market trades: only then is an old quote a late one.</param>
internal readonly record struct ProvidedQuote(Quote Quote, DateTime Time, bool IsTrading);

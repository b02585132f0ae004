using Trading.Domain.Market;

namespace Trading.PricingWorker.Quotes;

/// <summary>A quote and when it was made, UTC.</summary>
internal readonly record struct TimedQuote(Quote Quote, DateTime Time);

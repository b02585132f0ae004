using Trading.Domain.Market;

namespace Trading.PricingWorker.Quotes;

/// <summary>A quote, when it was made, UTC, by whom, and whether its source is late.</summary>
internal readonly record struct TimedQuote(Quote Quote, DateTime Time, BarSource Source, bool Stale);

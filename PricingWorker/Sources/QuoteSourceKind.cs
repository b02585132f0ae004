namespace Trading.PricingWorker.Sources;

internal enum QuoteSourceKind
{
    Simulated,
    Replay,
}

namespace Trading.PricingWorker.Bars;

/// <summary>An entry of the stream; no frame where the entry was trimmed away before it was read.</summary>
internal readonly record struct TickEntry(string Id, byte[]? Frame);

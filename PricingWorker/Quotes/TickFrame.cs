namespace Trading.PricingWorker.Quotes;

/// <summary>The bytes of one tick, as they go to the channel and to the stream alike.</summary>
internal sealed record TickFrame(long Sequence, int Quotes, byte[] Bytes);

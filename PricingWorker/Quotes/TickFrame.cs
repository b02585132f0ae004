using Trading.PricingWorker.Sharing;

namespace Trading.PricingWorker.Quotes;

/// <summary>The bytes of one tick, as they go to the channel and to the stream alike.</summary>
/// <param name="Sequence">Its number in this process; all workers' frames together are numbered as they reach Redis.</param>
/// <param name="Quotes">How many quotes it has.</param>
/// <param name="Bytes">The frame.</param>
/// <param name="Fences">The leases that its worker had when it was made.</param>
internal sealed record TickFrame(long Sequence, int Quotes, byte[] Bytes, ShardFence[] Fences);

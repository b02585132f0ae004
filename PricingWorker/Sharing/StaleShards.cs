using System.Collections.Concurrent;
using System.Text;
using Trading.Domain.Market;
using Trading.PricingWorker.Quotes;

namespace Trading.PricingWorker.Sharing;

/// <summary>Takes the quotes of shards that another worker has taken out of the frames that still wait.</summary>
internal sealed class StaleShards
{
    // A call to Redis that took too long may still come to its end beside the next.
    private readonly ConcurrentDictionary<int, long> _tokens = [];

    /// <summary>Notes that a frame was refused for a shard, and says by which token.</summary>
    public ShardFence Add(int shard, TickFrame frame)
    {
        var stale = frame.Fences.First(fence => fence.Shard == shard);
        _tokens.AddOrUpdate(shard, stale.Token, (_, known) => Math.Max(stale.Token, known));
        return stale;
    }

    /// <summary>The frame without what is stale; null where nothing is left.</summary>
    public TickFrame? Strip(TickFrame frame) =>
        _tokens.IsEmpty || !frame.Fences.Any(IsStale) ? frame : Cover(frame);

    /// <summary>The frame's quotes that its leases cover, without those that are stale; null where nothing is left.</summary>
    public TickFrame? Cover(TickFrame frame)
    {
        ShardFence[] fences = [.. frame.Fences.Where(fence => !IsStale(fence))];
        var own = fences.Select(fence => fence.Shard).ToHashSet();
        if (!QuoteFrame.TryOpen(frame.Bytes, out var header, out var reader))
        {
            return null;
        }

        var quotes = new List<Quote>(header.Count);
        while (reader.MoveNext())
        {
            var ticker = Encoding.ASCII.GetString(reader.Ticker);
            if (own.Contains(Shard.Of(ticker)))
            {
                quotes.Add(reader.Current with { Ticker = ticker });
            }
        }

        if (quotes.Count == 0)
        {
            return null;
        }

        var bytes = new byte[frame.Bytes.Length];
        var length = QuoteFrame.Write(
            bytes, header.Sequence, header.Time, header.Source, [.. quotes], header.Stale);
        return new TickFrame(frame.Sequence, quotes.Count, bytes[..length], fences);
    }

    private bool IsStale(ShardFence fence) => _tokens.TryGetValue(fence.Shard, out var token) && fence.Token <= token;
}

using StackExchange.Redis;
using Trading.Domain.Market;
using Trading.ServiceDefaults.Redis;

namespace Trading.PricingWorker.Quotes;

/// <summary>
/// The hash <c>quotes:latest</c>, ticker to a frame of one quote. The worker owns it; it never expires.
/// </summary>
internal sealed partial class LatestHash(RedisLink redis, RedisGate gate, ILogger<LatestHash> logger)
{
    private const int Tries = 3;

    public static readonly RedisKey Key = "quotes:latest";

    /// <summary>The fields that a frame's quotes become.</summary>
    public static HashEntry[] Entries(TickFrame frame)
    {
        if (!QuoteFrame.TryOpen(frame.Bytes, out var header, out var reader))
        {
            return [];
        }

        var entries = new HashEntry[frame.Quotes];
        for (var i = 0; i < entries.Length && reader.MoveNext(); i++)
        {
            var ticker = System.Text.Encoding.ASCII.GetString(reader.Ticker);
            entries[i] = new HashEntry(ticker, FrameOf(header, reader.Current with { Ticker = ticker }));
        }

        return entries;
    }

    /// <summary>What an earlier worker left of a source; empty where Redis is away.</summary>
    public async Task<IReadOnlyDictionary<string, TimedQuote>> ReadAsync(
        BarSource source, CancellationToken cancellationToken)
    {
        for (var left = Tries; ;)
        {
            try
            {
                var entries = await redis.RunAsync(db => db.HashGetAllAsync(Key), RedisLink.Bulk, cancellationToken);
                return Parse(entries, source);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // Slow is not away: without these, what another worker has quoted would go back to the stored bars.
                if (--left == 0 || !gate.IsOpen)
                {
                    LogUnread(error.Message);
                    return new Dictionary<string, TimedQuote>();
                }
            }
        }
    }

    /// <summary>Removes the fields of tickers that are no longer quoted.</summary>
    public async Task PruneAsync(IReadOnlySet<string> quoted, CancellationToken cancellationToken)
    {
        var fields = await redis.RunAsync(db => db.HashKeysAsync(Key), RedisLink.Bulk, cancellationToken);
        var gone = fields.Where(field => !quoted.Contains((string?)field ?? string.Empty)).ToArray();
        if (gone.Length > 0)
        {
            await redis.RunAsync(db => db.HashDeleteAsync(Key, gone), RedisLink.Bulk, cancellationToken);
        }
    }

    private static byte[] FrameOf(in QuoteFrame.Header header, Quote quote)
    {
        var bytes = new byte[QuoteFrame.HeaderLength + 1 + quote.Ticker.Length + (6 * sizeof(double))];
        QuoteFrame.Write(bytes, header.Sequence, header.Time, header.Source, [quote], header.Stale);
        return bytes;
    }

    private static Dictionary<string, TimedQuote> Parse(HashEntry[] entries, BarSource source)
    {
        var quotes = new Dictionary<string, TimedQuote>();
        foreach (var entry in entries)
        {
            if (QuoteFrame.TryOpen((byte[]?)entry.Value, out var header, out var reader)
                && header.Source == source && reader.MoveNext())
            {
                quotes[entry.Name.ToString()] = 
                    new TimedQuote(reader.Current, header.Time, header.Source, header.Stale);
            }
        }

        return quotes;
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not give the last quotes ({Reason}); stored bars say where to start.")]
    private partial void LogUnread(string reason);
}

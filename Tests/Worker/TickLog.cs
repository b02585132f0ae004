using System.Text;
using StackExchange.Redis;
using Trading.Domain.Market;
using Trading.Tests.Faults;

namespace Trading.Tests.Worker;

/// <summary>What the worker wrote into Redis.</summary>
internal sealed class TickLog(RedisServer server) : IDisposable
{
    private readonly ConnectionMultiplexer _redis = server.Connect();

    /// <summary>Every frame of the stream, in its order; none while Redis is away.</summary>
    public async Task<IReadOnlyList<(QuoteFrame.Header Header, IReadOnlyDictionary<string, Quote> Quotes)>> ReadAsync()
    {
        var entries = Array.Empty<RedisResult>();
        try
        {
            // What was asked while Redis went away may never be answered.
            entries = (RedisResult[]?)await _redis.GetDatabase().ExecuteAsync("XRANGE", "quotes:ticks", "-", "+")
                .WaitAsync(TimeSpan.FromSeconds(5)) ?? [];
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            // Whoever asks tries again.
        }

        return [.. entries.Select(entry => Open((byte[])((RedisResult[])((RedisResult[])entry!)[1]!)[1]!))];
    }

    /// <summary>The prices of one ticker, in the stream's order.</summary>
    public async Task<double[]> PricesAsync(string ticker) =>
        [.. (await ReadAsync()).Where(frame => frame.Quotes.ContainsKey(ticker)).Select(frame => frame.Quotes[ticker].Price)];

    public async Task<string[]> LatestAsync() =>
        [.. (await _redis.GetDatabase().HashKeysAsync("quotes:latest")).Select(field => field.ToString()).Order(StringComparer.Ordinal)];

    public static (QuoteFrame.Header Header, IReadOnlyDictionary<string, Quote> Quotes) Open(byte[] frame)
    {
        Assert.True(QuoteFrame.TryOpen(frame, out var header, out var reader), "It is a frame.");
        var quotes = new Dictionary<string, Quote>();
        while (reader.MoveNext())
        {
            quotes[Encoding.ASCII.GetString(reader.Ticker)] = reader.Current;
        }

        return (header, quotes);
    }

    public void Dispose() => _redis.Dispose();
}

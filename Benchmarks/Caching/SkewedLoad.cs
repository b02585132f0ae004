using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Trading.ServiceDefaults.Cache;

namespace Trading.Benchmarks.Caching;

/// <summary>Asks the cache for answers of the size that a page of the API has; counts those that it had to make.</summary>
internal sealed class SkewedLoad(TradingCache cache)
{
    private static readonly TextCodec _codec = new();
    private static readonly string[] _tags = ["load"];
    private static readonly string _page = string.Concat(Enumerable.Repeat("{\"ticker\":\"AAPL\",\"country\":\"US\"},", 32));

    private int _queries;

    public int Queries => Volatile.Read(ref _queries);

    public ValueTask<CacheRead<string>> AskAsync(int key, CancellationToken cancellationToken) => cache.GetAsync(
        $"page {key}",
        cache.Kind(CacheKinds.Analyses),
        _tags,
        _codec,
        async cancel =>
        {
            Interlocked.Increment(ref _queries);
            await Task.Yield();
            return _page;
        },
        cancellationToken);

    private sealed class TextCodec : CacheCodec<string>
    {
        public override void Write(string value, IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(value, output);

        public override bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? value)
        {
            value = Encoding.UTF8.GetString(bytes);
            return true;
        }
    }
}

using BenchmarkDotNet.Attributes;
using Trading.ApiService.Quotes;

namespace Trading.Benchmarks.Micro;

/// <summary>What a request or a subscriber gets of a quote: bytes copied from the board.</summary>
[MemoryDiagnoser]
public class QuoteText
{
    private readonly byte[] _buffer = new byte[1024];
    private readonly QuoteSlot _slot;

    public QuoteText()
    {
        var board = new QuoteBoard();
        var quotes = SampleQuotes.Make(1);
        board.Apply(SampleQuotes.Frame(quotes, 1), whole: false, out _);
        _slot = board.TryFind(quotes[0].Ticker.AsSpan(), out var slot) ? slot : throw new InvalidOperationException();
    }

    [Benchmark(Description = "copy a quote as REST shows it")]
    public int CopyQuote() => _slot.CopyQuote(_buffer);

    [Benchmark(Description = "copy a quote as a WebSocket frame")]
    public int CopyUpdate() => _slot.CopyUpdate(_buffer, out _);
}

using BenchmarkDotNet.Attributes;
using Trading.ApiService.Quotes;
using Trading.Domain.Market;

namespace Trading.Benchmarks.Micro;

/// <summary>A tick of 100 quotes: written by the worker, read by a replica of the API onto its board.</summary>
[MemoryDiagnoser]
public class QuoteFrames
{
    private const int Count = 100;

    private readonly byte[] _buffer = new byte[QuoteFrame.HeaderLength + (Count * QuoteFrame.MaxQuoteLength)];
    private readonly QuoteBoard _board = new();
    private readonly Quote[] _quotes = SampleQuotes.Make(Count);
    private long _sequence;

    [Benchmark(OperationsPerInvoke = Count, Description = "encode a quote")]
    public int Encode() => QuoteFrame.Write(_buffer, ++_sequence, SampleQuotes.Time, BarSource.Simulated, _quotes);

    [Benchmark(OperationsPerInvoke = Count, Description = "encode a quote, decode it, apply it to the board")]
    public int Apply()
    {
        var length = Encode();
        _board.Apply(_buffer.AsSpan(0, length), whole: false, out _);
        return _board.Changed.Length;
    }
}

using Trading.Domain.Market;

namespace Trading.Benchmarks.Micro;

/// <summary>Quotes with as many digits as real ones.</summary>
internal static class SampleQuotes
{
    public static DateTime Time { get; } = new(2026, 1, 2, 15, 30, 0, 123, 456, DateTimeKind.Utc);

    public static Quote[] Make(int count) =>
    [
        .. Enumerable.Range(0, count).Select(index =>
        {
            var price = Math.Round(100 + (index / 7.0), 2);
            return new Quote($"T{index:D3}.SY", price, price - 1.25, price - 1, price + 2, price - 2, 123_456 + index);
        }),
    ];

    public static byte[] Frame(Quote[] quotes, long sequence)
    {
        var buffer = new byte[QuoteFrame.HeaderLength + (quotes.Length * QuoteFrame.MaxQuoteLength)];
        return buffer[..QuoteFrame.Write(buffer, sequence, Time, BarSource.Simulated, quotes)];
    }
}

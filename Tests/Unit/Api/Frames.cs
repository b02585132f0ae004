using Trading.Domain.Market;

namespace Trading.Tests.Unit.Api;

/// <summary>Frames as the worker publishes them.</summary>
internal static class Frames
{
    public static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, 250, DateTimeKind.Utc);

    public static Quote Quote(string ticker, double price, double previousClose = 100) =>
        new(ticker, price, previousClose, 101, 105, 99, 1000);

    public static byte[] Of(long sequence, params Quote[] quotes)
    {
        var bytes = new byte[QuoteFrame.HeaderLength + (quotes.Length * QuoteFrame.MaxQuoteLength)];
        var length = QuoteFrame.Write(bytes, sequence, Noon, BarSource.Simulated, quotes);
        return bytes[..length];
    }
}

using System.Buffers;
using System.Text;

namespace Trading.ApiService.Quotes;

/// <summary>Writes quotes into a response as they stand on the board.</summary>
internal static class QuoteBody
{
    private const string Json = "application/json; charset=utf-8";

    // A ticker in quotes, and its comma.
    private const int MissingLength = 28;

    private static ReadOnlySpan<byte> Start => "{\"quotes\":["u8;

    private static ReadOnlySpan<byte> Middle => "],\"missing\":["u8;

    private static ReadOnlySpan<byte> End => "]}"u8;

    public static Task WriteAsync(HttpResponse response, QuoteSlot slot)
    {
        var length = slot.CopyQuote(response.BodyWriter.GetSpan(QuoteText.MaxLength));
        Describe(response, length);
        response.BodyWriter.Advance(length);
        return Task.CompletedTask;
    }

    /// <summary>Writes a batch; instruments without a quote are named as missing.</summary>
    public static Task WriteAsync(HttpResponse response, ReadOnlySpan<QuoteSlot> slots, List<string> unquoted)
    {
        // One buffer, as the length is to be known before the first byte leaves.
        var size = Start.Length + Middle.Length + End.Length
            + (slots.Length * QuoteText.MaxLength) + ((slots.Length + unquoted.Count) * MissingLength);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var length = Fill(buffer, slots, unquoted);
        Describe(response, length);
        return SendAsync(response, buffer, length);
    }

    private static async Task SendAsync(HttpResponse response, byte[] buffer, int length)
    {
        try
        {
            await response.BodyWriter.WriteAsync(buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Fill(Span<byte> buffer, ReadOnlySpan<QuoteSlot> slots, List<string> unquoted)
    {
        var at = Put(buffer, 0, Start);
        var first = true;
        foreach (var slot in slots)
        {
            var room = first ? 0 : 1;
            var length = slot.CopyQuote(buffer[(at + room)..]);
            if (length > 0)
            {
                buffer[at] = first ? buffer[at] : (byte)',';
                at += room + length;
                first = false;
            }
        }

        at = Put(buffer, at, Middle);
        first = true;
        foreach (var slot in slots)
        {
            if (!slot.HasQuote)
            {
                at = PutTicker(buffer, at, slot.Ticker, ref first);
            }
        }

        foreach (var ticker in unquoted)
        {
            at = PutTicker(buffer, at, ticker, ref first);
        }

        return Put(buffer, at, End);
    }

    private static int Put(Span<byte> buffer, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer[at..]);
        return at + text.Length;
    }

    private static int PutTicker(Span<byte> buffer, int at, string ticker, ref bool first)
    {
        at = Put(buffer, at, first ? "\""u8 : ",\""u8);
        first = false;
        at += Encoding.ASCII.GetBytes(ticker, buffer[at..]);
        return Put(buffer, at, "\""u8);
    }

    private static void Describe(HttpResponse response, int length)
    {
        response.ContentType = Json;
        response.ContentLength = length;
        response.Headers.CacheControl = "no-store";
    }
}

using System.Buffers;
using Trading.ApiService.Quotes;
using Trading.Domain.Market;

namespace Trading.ApiService.Stream;

/// <summary>Sends the updates of frames past, for a client that comes back.</summary>
internal sealed class StreamReplay(FrameRing ring, QuoteBoard board)
{
    /// <summary>
    /// Sends every update since a frame, then has the newest sent again, so that the last of each ticker is the newest.
    /// </summary>
    /// <param name="connection">To whom.</param>
    /// <param name="sequence">The first frame to send.</param>
    /// <param name="only">Only these of the connection's tickers; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False where a frame is missing, and nothing was sent.</returns>
    public async Task<bool> SendAsync(
        StreamConnection connection,
        long sequence,
        IReadOnlySet<QuoteSlot>? only,
        CancellationToken cancellationToken)
    {
        if (ring.Since(sequence) is not { } frames)
        {
            return false;
        }

        var wanted = only ?? connection.Subscriptions.Slots.ToHashSet();
        if (wanted.Count == 0)
        {
            return true;
        }

        connection.Hold();
        var buffer = ArrayPool<byte>.Shared.Rent(wanted.Count * QuoteText.MaxLength);
        try
        {
            foreach (var frame in frames)
            {
                var (length, updates) = Write(frame, wanted, buffer);
                await connection.WriteFramesAsync(buffer.AsMemory(0, length), updates, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            connection.Subscriptions.MarkAll();
            connection.Release();
        }

        return true;
    }

    private (int Length, int Updates) Write(byte[] frame, IReadOnlySet<QuoteSlot> wanted, Span<byte> buffer)
    {
        Span<byte> scratch = stackalloc byte[QuoteText.MaxLength];
        var (length, updates) = (0, 0);
        if (!QuoteFrame.TryOpen(frame, out var header, out var quotes))
        {
            return (0, 0);
        }

        while (quotes.MoveNext() && updates < wanted.Count)
        {
            var quote = quotes.Current;
            if (double.IsFinite(quote.Price) && board.TryFind(quotes.Ticker, out var slot) && wanted.Contains(slot))
            {
                var text = new QuoteText(scratch);
                var (start, end) = text.WriteUpdate(slot.Ticker, in quote, in header);
                scratch[start..end].CopyTo(buffer[length..]);
                length += end - start;
                updates++;
            }
        }

        return (length, updates);
    }
}

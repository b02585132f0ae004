using System.Buffers;
using Trading.ApiService.Instruments;

namespace Trading.ApiService.Quotes;

/// <summary>
/// The tickers of one batch, each once and in the order asked for: found on the board, waiting, or not known.
/// </summary>
internal sealed class QuoteBatch : IDisposable
{
    public const int MaxTickers = 500;

    private const int BitsPerWord = 64;

    private readonly QuoteSlot[] _slots = ArrayPool<QuoteSlot>.Shared.Rent(MaxTickers);
    private readonly ulong[] _seen;
    private readonly int _words;

    public QuoteBatch(QuoteBoard board)
    {
        _words = (board.Count / BitsPerWord) + 1;
        _seen = ArrayPool<ulong>.Shared.Rent(_words);
        _seen.AsSpan(0, _words).Clear();
    }

    public int Count { get; private set; }

    /// <summary>Tickers that the board does not have.</summary>
    public List<string> Strangers { get; } = [];

    public bool IsTooLong => Count + Strangers.Count > MaxTickers;

    public ReadOnlySpan<QuoteSlot> Slots => _slots.AsSpan(0, Count);

    /// <summary>Reads tickers parted by commas.</summary>
    /// <returns>False where one is no ticker.</returns>
    public bool TryRead(ReadOnlySpan<char> text, QuoteBoard board)
    {
        foreach (var range in text.Split(','))
        {
            if (IsTooLong)
            {
                break;
            }

            if (board.TryFind(text[range], out var slot))
            {
                Add(slot);
            }
            else if (!TryReadStranger(text[range], board))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<QuoteSlot>.Shared.Return(_slots);
        ArrayPool<ulong>.Shared.Return(_seen);
    }

    private bool TryReadStranger(ReadOnlySpan<char> text, QuoteBoard board)
    {
        if (!TickerText.TryRead(text.ToString(), out var ticker))
        {
            return false;
        }

        if (board.TryFind(ticker, out var slot))
        {
            Add(slot);
        }
        else if (!Strangers.Contains(ticker))
        {
            Strangers.Add(ticker);
        }

        return true;
    }

    private void Add(QuoteSlot slot)
    {
        // A slot that came after the batch began is looked for one by one; that is rare.
        if (slot.Index / BitsPerWord >= _words)
        {
            if (!Slots.Contains(slot))
            {
                Append(slot);
            }

            return;
        }

        var bit = 1UL << (slot.Index % BitsPerWord);
        if ((_seen[slot.Index / BitsPerWord] & bit) == 0)
        {
            _seen[slot.Index / BitsPerWord] |= bit;
            Append(slot);
        }
    }

    private void Append(QuoteSlot slot)
    {
        if (Count < _slots.Length)
        {
            _slots[Count] = slot;
        }

        Count++;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Trading.Domain.Market;

namespace Trading.ApiService.Quotes;

/// <summary>
/// The newest quote of every instrument, in memory and already as text: a request copies bytes. Slots are added and
/// never taken away, so that whoever holds one may keep it.
/// </summary>
internal sealed class QuoteBoard
{
    /// <summary>Bounds the memory that frames with ever new tickers could take.</summary>
    public const int MaxSlots = 1 << 16;

    private readonly ConcurrentDictionary<string, QuoteSlot> _slots = new(TickerComparer.Instance);
    private readonly ConcurrentDictionary<string, QuoteSlot>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    private readonly ConcurrentDictionary<string, QuoteSlot>.AlternateLookup<ReadOnlySpan<char>> _byChars;
    private readonly Lock _growing = new();
    private readonly TimeProvider _time;
    private QuoteSlot[] _changed = new QuoteSlot[256];
    private int _changedCount;
    private int _count;
    private long _sequence;

    /// <param name="time">Tells the age of quotes whose source is late; null for the system's.</param>
    public QuoteBoard(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Pulse = new FeedPulse(_time);
        _byBytes = _slots.GetAlternateLookup<ReadOnlySpan<byte>>();
        _byChars = _slots.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The highest frame number applied; 0 before the first.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    public FeedPulse Pulse { get; }

    public int Count => Volatile.Read(ref _count);

    /// <summary>What the last <see cref="Apply"/> changed; for the writer's thread, until it applies again.</summary>
    public ReadOnlySpan<QuoteSlot> Changed => _changed.AsSpan(0, _changedCount);

    public bool TryFind(ReadOnlySpan<char> ticker, [NotNullWhen(true)] out QuoteSlot? slot) =>
        _byChars.TryGetValue(ticker, out slot);

    /// <summary>The slot of a ticker, a new one where it has none; null when the board is full.</summary>
    public QuoteSlot? Ensure(string ticker)
    {
        lock (_growing)
        {
            if (_slots.TryGetValue(ticker, out var slot) || _count == MaxSlots)
            {
                return slot;
            }

            slot = new QuoteSlot(ticker, _count, Pulse, _time);
            _slots[ticker] = slot;
            Volatile.Write(ref _count, _count + 1);
            return slot;
        }
    }

    /// <summary>
    /// Takes over the quotes of a frame that are newer than the board's; always called by one thread at a time.
    /// </summary>
    /// <param name="frame">The bytes of a frame.</param>
    /// <param name="whole">True where the frame repeats what has not changed: equal quotes then stay as they
    /// are.</param>
    /// <param name="header">What the frame says of itself.</param>
    /// <returns>False where the bytes are no frame.</returns>
    public bool Apply(ReadOnlySpan<byte> frame, bool whole, out QuoteFrame.Header header)
    {
        _changedCount = 0;
        if (!QuoteFrame.TryOpen(frame, out header, out var quotes))
        {
            return false;
        }

        while (quotes.MoveNext())
        {
            var quote = quotes.Current;
            if (double.IsFinite(quote.Price) && SlotOf(quotes.Ticker) is { } slot
                && slot.Sequence < header.Sequence && !(whole && slot.Holds(in quote, header.Stale)))
            {
                slot.Write(in quote, in header);
                Remember(slot);
            }
        }

        Volatile.Write(ref _sequence, Math.Max(_sequence, header.Sequence));
        return true;
    }

    public bool TryFind(ReadOnlySpan<byte> ticker, [NotNullWhen(true)] out QuoteSlot? slot) =>
        _byBytes.TryGetValue(ticker, out slot);

    private QuoteSlot? SlotOf(ReadOnlySpan<byte> bytes)
    {
        if (_byBytes.TryGetValue(bytes, out var slot))
        {
            return slot;
        }

        var ticker = Encoding.ASCII.GetString(bytes);
        return Ticker.TryNormalize(ticker, out var stored) && stored == ticker ? Ensure(ticker) : null;
    }

    private void Remember(QuoteSlot slot)
    {
        if (_changedCount == _changed.Length)
        {
            Array.Resize(ref _changed, _changedCount * 2);
        }

        _changed[_changedCount++] = slot;
    }
}

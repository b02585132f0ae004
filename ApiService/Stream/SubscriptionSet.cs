using System.Numerics;
using Trading.ApiService.Quotes;

namespace Trading.ApiService.Stream;

/// <summary>
/// The tickers of one connection and which of them have changed since they were last sent: one bit each, so that a slow
/// reader costs no memory and gets the newest quote once it reads. The fan-out sets bits, the connection's writer takes
/// them, the connection's reader adds and removes tickers.
/// </summary>
internal sealed class SubscriptionSet(StreamConnection owner, int max)
{
    private const int BitsPerWord = 64;

    private readonly Dictionary<QuoteSlot, int> _indexes = [];
    private readonly Stack<int> _free = new();
    private readonly ulong[] _changed = new ulong[(max + BitsPerWord - 1) / BitsPerWord];
    private QuoteSlot?[] _slots = new QuoteSlot?[8];
    private long _round;

    public StreamConnection Owner { get; } = owner;

    public int Count => _indexes.Count;

    public IEnumerable<QuoteSlot> Slots => _indexes.Keys;

    public bool Contains(QuoteSlot slot) => _indexes.ContainsKey(slot);

    public int Add(QuoteSlot slot)
    {
        var index = _free.TryPop(out var freed) ? freed : _indexes.Count;
        if (index >= _slots.Length)
        {
            var grown = new QuoteSlot?[_slots.Length * 2];
            _slots.CopyTo(grown, 0);
            Volatile.Write(ref _slots, grown);
        }

        Volatile.Write(ref _slots[index], slot);
        _indexes.Add(slot, index);
        return index;
    }

    /// <summary>Call it when the fan-out no longer knows the ticker: its place is given to the next.</summary>
    public bool Remove(QuoteSlot slot)
    {
        if (!_indexes.Remove(slot, out var index))
        {
            return false;
        }

        Volatile.Write(ref _slots[index], null);
        _free.Push(index);
        return true;
    }

    /// <summary>Returns false where the ticker was marked already.</summary>
    public bool Mark(int index)
    {
        var bit = 1UL << (index % BitsPerWord);
        return (Interlocked.Or(ref _changed[index / BitsPerWord], bit) & bit) == 0;
    }

    public void MarkAll()
    {
        foreach (var index in _indexes.Values)
        {
            Mark(index);
        }
    }

    /// <summary>For the fan-out's thread: true once per round.</summary>
    public bool Touch(long round)
    {
        var first = _round != round;
        _round = round;
        return first;
    }

    /// <summary>
    /// Writes the updates of what has changed, oldest frame first, so that a reader that has seen a frame's number has
    /// seen every frame below it. What belongs to a frame that is still being marked, and what does not fit, stays.
    /// </summary>
    /// <param name="buffer">Room for at least one update.</param>
    /// <param name="published">The newest frame whose marks are all set.</param>
    /// <returns>The bytes and updates written, and whether some did not fit.</returns>
    public (int Length, int Updates, bool More) Take(Span<byte> buffer, long published)
    {
        Span<int> indexes = stackalloc int[_changed.Length * BitsPerWord];
        Span<long> sequences = stackalloc long[indexes.Length];
        var count = TakeMarks(indexes, sequences);
        sequences[..count].Sort(indexes[..count]);

        var slots = Volatile.Read(ref _slots);
        var (length, updates) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            if (buffer.Length - length < QuoteText.MaxLength)
            {
                foreach (var left in indexes[i..count])
                {
                    Mark(left);
                }

                return (length, updates, true);
            }

            var sequence = 0L;
            var size = slots[indexes[i]]?.CopyUpdate(buffer[length..], out sequence) ?? 0;
            if (size > 0 && sequence > published)
            {
                Mark(indexes[i]);
            }
            else if (size > 0)
            {
                length += size;
                updates++;
            }
        }

        return (length, updates, false);
    }

    private int TakeMarks(Span<int> indexes, Span<long> sequences)
    {
        var count = 0;
        for (var word = 0; word < _changed.Length; word++)
        {
            var bits = Volatile.Read(ref _changed[word]) == 0 ? 0 : Interlocked.Exchange(ref _changed[word], 0);
            var slots = Volatile.Read(ref _slots);
            for (; bits != 0; bits &= bits - 1)
            {
                var index = (word * BitsPerWord) + BitOperations.TrailingZeroCount(bits);
                if (slots[index] is { } slot)
                {
                    indexes[count] = index;
                    sequences[count++] = slot.Sequence;
                }
            }
        }

        return count;
    }
}

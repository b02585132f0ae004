using System.Buffers.Binary;
using System.Text;

namespace Trading.Domain.Market;

/// <summary>
/// The changed quotes of one tick as bytes: what travels from the worker through Redis to every replica of the API.
/// Little endian: magic, version, source (its highest bit says stale), sequence, time, count; then each quote as a
/// length-prefixed ASCII ticker and six doubles.
/// </summary>
public static class QuoteFrame
{
    /// <summary>Bytes before the first quote.</summary>
    public const int HeaderLength = 24;

    /// <summary>The longest ticker that a frame carries, in ASCII characters.</summary>
    public const int MaxTickerLength = 24;

    /// <summary>The most bytes that one quote takes.</summary>
    public const int MaxQuoteLength = 1 + MaxTickerLength + (6 * sizeof(double));

    private const ushort Magic = 0x5154;
    private const byte Version = 1;
    private const byte StaleFlag = 0x80;

    /// <summary>What a frame says of itself.</summary>
    /// <param name="Sequence">Grows from frame to frame and never goes back, also over restarts of the worker.</param>
    /// <param name="Time">When the quotes were made, UTC.</param>
    /// <param name="Source">Where they come from.</param>
    /// <param name="Count">How many quotes follow.</param>
    /// <param name="Stale">
    /// True where their source is late: they were made at <paramref name="Time"/>, and nothing newer is known. No bar
    /// is made of them.
    /// </param>
    public readonly record struct Header(
        long Sequence, DateTime Time, BarSource Source, int Count, bool Stale = false);

    /// <summary>Writes a frame and returns its length.</summary>
    /// <param name="destination">At least <see cref="HeaderLength"/> + quotes x <see cref="MaxQuoteLength"/>
    /// bytes.</param>
    /// <param name="sequence">See <see cref="Header"/>.</param>
    /// <param name="time">See <see cref="Header"/>.</param>
    /// <param name="source">See <see cref="Header"/>.</param>
    /// <param name="quotes">The changed quotes; tickers of 1 to <see cref="MaxTickerLength"/> ASCII characters.</param>
    /// <param name="stale">See <see cref="Header"/>.</param>
    /// <exception cref="ArgumentException">The destination is too short, or a ticker is too long.</exception>
    public static int Write(
        Span<byte> destination,
        long sequence,
        DateTime time,
        BarSource source,
        ReadOnlySpan<Quote> quotes,
        bool stale = false)
    {
        if (destination.Length < HeaderLength)
        {
            throw new ArgumentException("A frame needs at least its header's length.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(destination, Magic);
        destination[2] = Version;
        destination[3] = (byte)((byte)source | (stale ? StaleFlag : 0));
        BinaryPrimitives.WriteInt64LittleEndian(destination[4..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(destination[12..], time.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(destination[20..], quotes.Length);

        var at = HeaderLength;
        foreach (ref readonly var quote in quotes)
        {
            at += WriteQuote(destination[at..], in quote);
        }

        return at;
    }

    /// <summary>Opens a frame for reading.</summary>
    /// <param name="frame">The bytes of one frame.</param>
    /// <param name="header">What the frame says of itself.</param>
    /// <param name="reader">Yields the quotes.</param>
    /// <returns>False where the bytes are no frame of this version; a quote cut short ends the reader
    /// instead.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> frame, out Header header, out Reader reader)
    {
        header = default;
        reader = default;
        if (frame.Length < HeaderLength || BinaryPrimitives.ReadUInt16LittleEndian(frame) != Magic || frame[2] != Version)
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64LittleEndian(frame[12..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(frame[20..]);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks || count < 0)
        {
            return false;
        }

        header = new Header(
            BinaryPrimitives.ReadInt64LittleEndian(frame[4..]),
            new DateTime(ticks, DateTimeKind.Utc),
            (BarSource)(frame[3] & ~StaleFlag),
            count,
            (frame[3] & StaleFlag) != 0);
        reader = new Reader(frame[HeaderLength..], count);
        return true;
    }

    /// <summary>The bytes that the first of several frames takes, which follow each other without a gap.</summary>
    /// <param name="frames">One frame or more.</param>
    /// <returns>Its length; 0 where the bytes are no frame, or are cut short.</returns>
    public static int LengthOf(ReadOnlySpan<byte> frames)
    {
        if (!TryOpen(frames, out var header, out var reader))
        {
            return 0;
        }

        var left = header.Count;
        while (left > 0 && reader.MoveNext())
        {
            left--;
        }

        return left == 0 ? frames.Length - reader.Left : 0;
    }

    private static int WriteQuote(Span<byte> destination, in Quote quote)
    {
        if (quote.Ticker.Length is 0 or > MaxTickerLength)
        {
            throw new ArgumentException($"A ticker has 1 to {MaxTickerLength} characters, not '{quote.Ticker}'.");
        }

        var length = Encoding.ASCII.GetBytes(quote.Ticker, destination[1..]);
        destination[0] = (byte)length;
        var numbers = destination[(1 + length)..];
        BinaryPrimitives.WriteDoubleLittleEndian(numbers, quote.Price);
        BinaryPrimitives.WriteDoubleLittleEndian(numbers[8..], quote.PreviousClose);
        BinaryPrimitives.WriteDoubleLittleEndian(numbers[16..], quote.Open);
        BinaryPrimitives.WriteDoubleLittleEndian(numbers[24..], quote.High);
        BinaryPrimitives.WriteDoubleLittleEndian(numbers[32..], quote.Low);
        BinaryPrimitives.WriteDoubleLittleEndian(numbers[40..], quote.Volume);
        return 1 + length + 48;
    }

    /// <summary>Reads the quotes of a frame one after the other, without allocating.</summary>
    public ref struct Reader
    {
        private ReadOnlySpan<byte> _rest;
        private int _left;

        internal Reader(ReadOnlySpan<byte> quotes, int count)
        {
            _rest = quotes;
            _left = count;
            Ticker = default;
        }

        /// <summary>The ticker of the current quote, ASCII.</summary>
        public ReadOnlySpan<byte> Ticker { get; private set; }

        /// <summary>The current quote, its <see cref="Quote.Ticker"/> left empty: see <see cref="Ticker"/>.</summary>
        public Quote Current { get; private set; }

        /// <summary>Bytes after the current quote.</summary>
        internal readonly int Left => _rest.Length;

        /// <summary>Moves to the next quote.</summary>
        /// <returns>False after the last, and where the bytes end early or make no sense.</returns>
        public bool MoveNext()
        {
            if (_left == 0 || _rest.IsEmpty || _rest[0] is 0 or > MaxTickerLength || _rest.Length < 1 + _rest[0] + 48)
            {
                return false;
            }

            int length = _rest[0];
            Ticker = _rest.Slice(1, length);
            var numbers = _rest[(1 + length)..];
            Current = new Quote(
                string.Empty,
                BinaryPrimitives.ReadDoubleLittleEndian(numbers),
                BinaryPrimitives.ReadDoubleLittleEndian(numbers[8..]),
                BinaryPrimitives.ReadDoubleLittleEndian(numbers[16..]),
                BinaryPrimitives.ReadDoubleLittleEndian(numbers[24..]),
                BinaryPrimitives.ReadDoubleLittleEndian(numbers[32..]),
                BinaryPrimitives.ReadDoubleLittleEndian(numbers[40..]));
            _rest = numbers[48..];
            _left--;
            return true;
        }
    }
}

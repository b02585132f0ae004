using Trading.Domain.Market;

namespace Trading.ApiService.Quotes;

/// <summary>
/// The place of one ticker on the board: its newest quote as numbers and as text. One thread writes, any number read;
/// a reader that meets a write copies again, so that neither ever waits for a lock.
/// </summary>
internal sealed class QuoteSlot(string ticker, int index, FeedPulse pulse, TimeProvider time)
{
    private readonly byte[] _text = new byte[QuoteText.MaxLength];
    private Quote _quote;
    private DateTime _time;
    private bool _isStale;
    private long _sequence;
    private int _version;
    private int _start;
    private int _updateEnd;
    private int _end;

    public string Ticker { get; } = ticker;

    public int Index { get; } = index;

    /// <summary>Number of the frame that brought the quote; 0 without one.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    public bool HasQuote => Sequence != 0;

    /// <summary>Whether the source of the quote is late, or nobody is there who could tell.</summary>
    public bool IsStale => Volatile.Read(ref _isStale) || (HasQuote && pulse.IsLost);

    /// <summary>For the writer's thread only.</summary>
    public void Write(in Quote quote, in QuoteFrame.Header frame)
    {
        Span<byte> scratch = stackalloc byte[QuoteText.MaxLength];
        var text = new QuoteText(scratch);
        var (start, updateEnd) = text.WriteUpdate(Ticker, in quote, in frame);
        text.WriteRest(in quote, frame.Source, frame.Stale);

        // An odd version tells readers that a write is under way.
        Volatile.Write(ref _version, _version + 1);
        Interlocked.MemoryBarrier();
        scratch[..text.Length].CopyTo(_text);
        (_start, _updateEnd, _end) = (start, updateEnd, text.Length);
        _quote = quote;
        (_time, _isStale) = (frame.Time, frame.Stale);
        Volatile.Write(ref _sequence, frame.Sequence);
        Volatile.Write(ref _version, _version + 1);
    }

    /// <summary>For the writer's thread only: whether the numbers are those that the slot has.</summary>
    public bool Holds(in Quote quote, bool stale) =>
        HasQuote && stale == _isStale && _quote with { Ticker = quote.Ticker } == quote;

    /// <summary>Copies the WebSocket frame of the newest update.</summary>
    /// <returns>Its length; 0 without a quote.</returns>
    public int CopyUpdate(Span<byte> destination, out long sequence)
    {
        var wait = new SpinWait();
        while (true)
        {
            var version = Volatile.Read(ref _version);
            if ((version & 1) == 0)
            {
                var length = Math.Max(_updateEnd - _start, 0);
                sequence = _sequence;
                _text.AsSpan(_start, length).CopyTo(destination);
                Interlocked.MemoryBarrier();
                if (version == Volatile.Read(ref _version))
                {
                    return length;
                }
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Copies the quote as REST shows it, a JSON object.</summary>
    /// <returns>Its length; 0 without a quote.</returns>
    public int CopyQuote(Span<byte> destination)
    {
        // The update without its type, then the rest: the comma after the type becomes the opening brace, and the
        // update's closing brace the comma.
        var start = QuoteText.HeaderRoom + QuoteText.UpdateStart.Length;
        var wait = new SpinWait();
        while (true)
        {
            var version = Volatile.Read(ref _version);
            if ((version & 1) == 0)
            {
                var length = Math.Max(_end - start, 0);
                var brace = _updateEnd - 1 - start;
                var (made, isStale) = (_time, _isStale);
                _text.AsSpan(start, length).CopyTo(destination);
                Interlocked.MemoryBarrier();
                if (version == Volatile.Read(ref _version))
                {
                    if (length > 0)
                    {
                        destination[0] = (byte)'{';
                        destination[brace] = (byte)',';
                    }

                    return isStale ? AppendAge(destination, length, made)
                        : length > 0 && pulse.IsLost ? AppendStale(destination, length, made)
                        : length;
                }
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    // In the place of the flag that it had when somebody was there.
    private int AppendStale(Span<byte> destination, int length, DateTime made)
    {
        var text = new QuoteText(destination, length - QuoteText.NotStale.Length);
        text.WriteStale();
        return AppendAge(destination, text.Length, made);
    }

    // The one figure that grows while nothing comes.
    private int AppendAge(Span<byte> destination, int length, DateTime since)
    {
        var text = new QuoteText(destination, length);
        text.WriteAge(time.GetUtcNow().UtcDateTime - since);
        return text.Length;
    }
}

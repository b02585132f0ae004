namespace Trading.ApiService.Quotes;

/// <summary>
/// The frames of the last minute, for clients that come back: it either holds every frame since a number or says that
/// it does not.
/// </summary>
internal sealed class FrameRing(TimeProvider time)
{
    private const long MaxBytes = 8 << 20;

    private static readonly TimeSpan _maxAge = TimeSpan.FromSeconds(60);

    private readonly Queue<Entry> _frames = new();
    private readonly Lock _gate = new();
    private long _bytes;
    private long _last;

    // Frames below this number may be missing.
    private long _floor = long.MaxValue;

    /// <summary>Takes a frame that came right after the one before.</summary>
    public void Add(long sequence, byte[] frame)
    {
        lock (_gate)
        {
            if (sequence <= _last)
            {
                // Frames of several publishers may cross; what was promised as complete no longer is.
                Forget(Math.Max(_floor, _last + 1));
                return;
            }

            _last = sequence;
            _bytes += frame.Length;
            _frames.Enqueue(new Entry(sequence, time.GetTimestamp(), frame));
            while (_frames.TryPeek(out var oldest) && (_bytes > MaxBytes || time.GetElapsedTime(oldest.At) > _maxAge))
            {
                _frames.Dequeue();
                _bytes -= oldest.Frame.Length;
                _floor = Math.Max(_floor, oldest.Sequence + 1);
            }
        }
    }

    /// <summary>Frames may have been lost: nothing can be replayed until <see cref="Open"/>.</summary>
    public void Close()
    {
        lock (_gate)
        {
            Forget(long.MaxValue);
        }
    }

    /// <summary>From here on no frame is lost.</summary>
    /// <param name="sequence">The newest frame that the board has taken in.</param>
    public void Open(long sequence)
    {
        lock (_gate)
        {
            _last = Math.Max(_last, sequence);
            Forget(_last + 1);
        }
    }

    /// <summary>
    /// Every frame from a number on, itself included: whoever has seen it may have seen only a part of it.
    /// </summary>
    /// <returns>Null where a frame of them may be missing.</returns>
    public byte[][]? Since(long sequence)
    {
        lock (_gate)
        {
            return sequence < _floor || sequence > _last
                ? null
                : [.. _frames.Where(frame => frame.Sequence >= sequence).Select(frame => frame.Frame)];
        }
    }

    private void Forget(long floor)
    {
        _frames.Clear();
        _bytes = 0;
        _floor = floor;
    }

    private readonly record struct Entry(long Sequence, long At, byte[] Frame);
}

using System.Threading.Channels;
using Trading.ApiService.Stream;
using Trading.ApiService.Telemetry;
using Trading.Domain.Market;

namespace Trading.ApiService.Quotes;

/// <summary>
/// Takes frames from wherever they come, applies them one after the other, and passes on what changed. Frames that were
/// published go to the ring for replay; a whole picture of the market only fills what was missed.
/// </summary>
internal sealed class QuoteFeed(QuoteBoard board, FrameRing ring, StreamHub hub, ApiMetrics metrics, TimeProvider time)
{
    private readonly Channel<Arrival> _arrivals = Channel.CreateBounded<Arrival>(
        new BoundedChannelOptions(1024) { SingleReader = true, AllowSynchronousContinuations = false });

    private long _publishedAt;
    private long _changedAt;
    private int _complete;
    private int _polled;

    /// <summary>How a frame came.</summary>
    private enum Origin
    {
        Published,
        Whole,
        Polled,
        Completed,
    }

    /// <summary>False from a possible loss of frames until a whole picture has been applied.</summary>
    public bool IsComplete => Volatile.Read(ref _complete) != 0;

    /// <summary>True while the newest quotes came from the worker directly.</summary>
    public bool IsPolled => Volatile.Read(ref _polled) != 0;

    /// <summary>Time since a frame was published to this replica; null before the first.</summary>
    public TimeSpan? SincePublished => Since(ref _publishedAt);

    /// <summary>Time since a newer frame came by any way; null before the first.</summary>
    public TimeSpan? SinceNews => Since(ref _changedAt);

    /// <summary>A frame from the channel.</summary>
    public void TakePublished(byte[] frame) => Take(new Arrival(Origin.Published, frame));

    /// <summary>A frame that repeats the newest quotes.</summary>
    public void TakeWhole(byte[] frame) => Take(new Arrival(Origin.Whole, frame));

    /// <summary>The newest quotes from the worker itself.</summary>
    public void TakePolled(byte[] frame) => Take(new Arrival(Origin.Polled, frame));

    /// <summary>After the frames of a whole picture that was read while frames were already arriving.</summary>
    public void MarkComplete() => Take(new Arrival(Origin.Completed, null));

    /// <summary>Frames may be lost from here on.</summary>
    public void MarkBroken()
    {
        Volatile.Write(ref _complete, 0);
        ring.Close();
    }

    /// <summary>Applies what arrives until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        board.Pulse.Beat();
        await foreach (var arrival in _arrivals.Reader.ReadAllAsync(cancellationToken))
        {
            Apply(arrival);
        }
    }

    private void Take(Arrival arrival)
    {
        if (!_arrivals.Writer.TryWrite(arrival))
        {
            MarkBroken();
        }
    }

    private void Apply(Arrival arrival)
    {
        if (arrival.Frame is null)
        {
            ring.Open(board.Sequence);
            Volatile.Write(ref _complete, 1);
            return;
        }

        var before = board.Sequence;
        if (!board.Apply(arrival.Frame, arrival.Origin != Origin.Published, out var header))
        {
            return;
        }

        // What lies in Redis says nothing of whoever left it there.
        if (arrival.Origin != Origin.Whole)
        {
            board.Pulse.Beat();
        }

        if (arrival.Origin == Origin.Published)
        {
            ring.Add(header.Sequence, arrival.Frame);
            Volatile.Write(ref _publishedAt, time.GetTimestamp());
        }

        hub.Publish(board.Changed, board.Sequence);
        if (header.Sequence > before)
        {
            NoteNews(arrival.Origin, header);
        }
    }

    private void NoteNews(Origin origin, QuoteFrame.Header header)
    {
        Volatile.Write(ref _changedAt, time.GetTimestamp());
        Volatile.Write(ref _polled, origin == Origin.Polled ? 1 : 0);
        if (origin == Origin.Polled)
        {
            MarkBroken();
        }

        if (origin == Origin.Whole)
        {
            return;
        }

        metrics.QuoteArrived(time.GetUtcNow().UtcDateTime - header.Time);
    }

    private TimeSpan? Since(ref long timestamp)
    {
        var then = Volatile.Read(ref timestamp);
        return then == 0 ? null : time.GetElapsedTime(then);
    }

    private readonly record struct Arrival(Origin Origin, byte[]? Frame);
}

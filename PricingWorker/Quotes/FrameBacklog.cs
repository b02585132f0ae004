using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Quotes;

/// <summary>
/// Frames on their way to Redis, bounded by bytes: when it is full the oldest is dropped, counted and logged.
/// </summary>
internal sealed partial class FrameBacklog
{
    private readonly Lock _gate = new();
    private readonly Queue<TickFrame> _frames = new();
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly WorkerMetrics _metrics;
    private readonly ILogger<FrameBacklog> _logger;
    private readonly long _capacity;
    private long _bytes;
    private long _lost;

    public FrameBacklog(IOptions<QuoteOptions> options, WorkerMetrics metrics, ILogger<FrameBacklog> logger)
    {
        _capacity = options.Value.BacklogBytes;
        _metrics = metrics;
        _logger = logger;
        metrics.ObserveBacklog(() => Count);
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count;
            }
        }
    }

    public void Add(TickFrame frame)
    {
        lock (_gate)
        {
            _frames.Enqueue(frame);
            _bytes += frame.Bytes.Length;
            while (_bytes > _capacity && _frames.Count > 1)
            {
                _bytes -= _frames.Dequeue().Bytes.Length;
                CountLoss();
            }
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits until there may be frames.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (Count == 0)
        {
            await _signal.Reader.ReadAsync(cancellationToken);
        }
    }

    /// <summary>
    /// The oldest frames, which stay until <see cref="RemoveUpTo"/>. They were made under the same leases: where one is
    /// refused, so are those after it, and none passes another.
    /// </summary>
    public IReadOnlyList<TickFrame> Peek(int most)
    {
        lock (_gate)
        {
            return _frames.TryPeek(out var first)
                ? [.. _frames.TakeWhile(frame => ReferenceEquals(frame.Fences, first.Fences)).Take(most)]
                : [];
        }
    }

    public void RemoveUpTo(long sequence)
    {
        lock (_gate)
        {
            while (_frames.TryPeek(out var frame) && frame.Sequence <= sequence)
            {
                _bytes -= _frames.Dequeue().Bytes.Length;
            }

            if (_frames.Count == 0 && _lost > 0)
            {
                LogLost(_lost);
                _lost = 0;
            }
        }
    }

    private void CountLoss()
    {
        _metrics.FramesLost.Add(1);
        if (_lost++ == 0)
        {
            LogFull(_capacity);
        }
    }

    [LoggerMessage(LogLevel.Error, "The backlog of {Capacity} bytes is full: the oldest frames are lost to the bars.")]
    private partial void LogFull(long capacity);

    [LoggerMessage(LogLevel.Error, "{Frames} frames were lost to the bars while Redis was away.")]
    private partial void LogLost(long frames);
}

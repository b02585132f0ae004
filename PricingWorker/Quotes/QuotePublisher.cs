using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Quotes;

/// <summary>
/// Brings frames to Redis in order: the stream, the hash and the channel in one round trip. While Redis is away only a
/// ping goes out; when it answers again the hash and the channel get everything at once and the stream gets what it
/// missed.
/// </summary>
internal sealed partial class QuotePublisher(
    FrameBacklog backlog,
    LatestQuotes latest,
    LatestHash hash,
    QuoteLoop loop,
    FrameSequence sequence,
    TickStream stream,
    RedisLink redis,
    WorkerMetrics metrics,
    IOptions<QuoteOptions> options,
    TimeProvider time,
    ILogger<QuotePublisher> logger) : BackgroundService
{
    private const int MostAtOnce = 32;
    private static readonly RedisChannel Channel = new("quotes:frames", RedisChannel.PatternMode.Literal);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private IReadOnlySet<string>? _pruned;
    private long _refreshedAt;
    private volatile bool _connected;
    private bool _outageLogged;

    /// <summary>False before Redis is reached, and while it is away.</summary>
    public bool IsConnected => _connected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await backlog.WaitAsync(stoppingToken);
            try
            {
                await PublishAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LoseRedis(error);
                await Task.Delay(RetryDelay, time, stoppingToken);
            }
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (!_connected)
        {
            await ConnectAsync(cancellationToken);
        }

        var frames = backlog.Peek(MostAtOnce);
        if (frames.Count == 0)
        {
            return;
        }

        var limit = frames.Count == 1 ? RedisLink.Short : RedisLink.Bulk;
        await redis.RunAsync(db => SendAsync(db, frames), limit, cancellationToken);
        backlog.RemoveUpTo(frames[^1].Sequence);
        metrics.QuotesPublished.Add(frames.Sum(frame => frame.Quotes));
        await PruneAsync(cancellationToken);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await redis.RunAsync(db => db.PingAsync(), RedisLink.Bulk, cancellationToken);
        sequence.RaiseTo(await stream.NewestSequenceAsync(cancellationToken));
        var all = latest.ToFrame();
        await redis.RunAsync(db => RefreshAsync(db, all), RedisLink.Bulk, cancellationToken);
        _refreshedAt = all.Sequence;
        _pruned = null;
        _connected = true;
        _outageLogged = false;
        LogConnected(backlog.Count);
    }

    private static async Task<bool> RefreshAsync(IDatabase db, TickFrame all)
    {
        var entries = LatestHash.Entries(all);
        await Task.WhenAll(db.HashSetAsync(LatestHash.Key, entries), db.PublishAsync(Channel, all.Bytes));
        return true;
    }

    /// <summary>
    /// Commands issued without waiting in between leave as one; frames older than the last refresh are news to the
    /// stream only.
    /// </summary>
    private async Task<bool> SendAsync(IDatabase db, IReadOnlyList<TickFrame> frames)
    {
        var replies = new List<Task>();
        foreach (var frame in frames)
        {
            replies.Add(TickStream.AppendAsync(db, frame, options.Value.StreamLength));
            if (frame.Sequence > _refreshedAt)
            {
                replies.Add(db.HashSetAsync(LatestHash.Key, LatestHash.Entries(frame)));
                replies.Add(db.PublishAsync(Channel, frame.Bytes));
            }
        }

        await Task.WhenAll(replies);
        return true;
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        var quoted = loop.Quoted;
        if (!ReferenceEquals(quoted, _pruned))
        {
            await hash.PruneAsync(quoted, cancellationToken);
            _pruned = quoted;
        }
    }

    private void LoseRedis(Exception error)
    {
        _connected = false;
        if (!_outageLogged)
        {
            _outageLogged = true;
            LogAway(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Redis is reached; {Frames} frames wait for it.")]
    private partial void LogConnected(int frames);

    [LoggerMessage(LogLevel.Warning, "Redis is away ({Reason}); quotes are kept until it is back.")]
    private partial void LogAway(string reason);
}

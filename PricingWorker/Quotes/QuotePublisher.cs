using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Sharing;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Quotes;

/// <summary>
/// Brings frames to Redis in order: each in one step to the stream, the hash and the channel. While Redis is away only a
/// ping goes out; when it answers again the hash and the channel get everything at once and the stream gets what it
/// missed.
/// </summary>
internal sealed partial class QuotePublisher(
    FrameBacklog backlog,
    LatestQuotes latest,
    LatestHash hash,
    QuotedUniverse universe,
    ShardLeases shards,
    FrameSequence sequence,
    TickStream stream,
    RedisLink redis,
    WorkerMetrics metrics,
    IOptions<QuoteOptions> options,
    TimeProvider time,
    ILogger<QuotePublisher> logger) : BackgroundService
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly StaleShards _stale = new();
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
            try
            {
                if (_connected)
                {
                    await backlog.WaitAsync(stoppingToken);
                }

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
        var published = await redis.RunAsync(db => SendAsync(db, frames), limit, cancellationToken);
        Settle(frames, published);
        await PruneAsync(cancellationToken);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await redis.RunAsync(db => db.PingAsync(), RedisLink.Bulk, cancellationToken);
        sequence.RaiseTo(await stream.NewestSequenceAsync(cancellationToken));
        var own = shards.Own;
        var all = latest.ToFrames();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(RedisLink.Bulk);
        await redis.RunAsync(db => RefreshAsync(db, all, own.Fences, patience.Token), RedisLink.Bulk, cancellationToken);
        _refreshedAt = all[0].Sequence;
        _pruned = null;
        _connected = true;
        _outageLogged = false;
        LogConnected(backlog.Count);
    }

    // Nothing more of it goes out once nobody waits for it: newer quotes may be there by then.
    private async Task<bool> RefreshAsync(
        IDatabase db, IReadOnlyList<TickFrame> all, ShardFence[] fences, CancellationToken cancellationToken)
    {
        foreach (var frame in all)
        {
            // Tried without what another worker has taken, as often as there is such.
            for (var own = _stale.Cover(frame with { Fences = fences }); own is not null;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var published = await FrameChannel.PublishAsync(db, _name, own, streamLength: 0, isNews: true);
                if (published.StaleShard is not { } shard)
                {
                    sequence.RaiseTo(published.Sequence);
                    break;
                }

                shards.Refuse(_stale.Add(shard, own));
                own = _stale.Strip(own);
            }
        }

        return true;
    }

    /// <summary>
    /// Commands issued without waiting in between leave as one; frames older than the last refresh are news to the
    /// stream only.
    /// </summary>
    private async Task<Published?[]> SendAsync(IDatabase db, IReadOnlyList<TickFrame> frames)
    {
        var replies = new Task<Published>?[frames.Count];
        for (var index = 0; index < frames.Count; index++)
        {
            if (_stale.Strip(frames[index]) is { } frame)
            {
                replies[index] = FrameChannel.PublishAsync(
                    db, _name, frame, options.Value.StreamLength, frame.Sequence > _refreshedAt);
            }
        }

        await Task.WhenAll(replies.OfType<Task<Published>>());
        return [.. await Task.WhenAll(replies.Select(async reply => reply is null ? (Published?)null : await reply))];
    }

    // What was refused goes again without what is stale.
    private void Settle(IReadOnlyList<TickFrame> frames, Published?[] published)
    {
        var done = 0L;
        for (var index = 0; index < frames.Count; index++)
        {
            if (published[index] is { StaleShard: { } shard })
            {
                shards.Refuse(_stale.Add(shard, frames[index]));
                continue;
            }

            done = frames[index].Sequence;
            if (published[index] is { } one)
            {
                sequence.RaiseTo(one.Sequence);
                metrics.QuotesPublished.Add(frames[index].Quotes);
            }
        }

        backlog.RemoveUpTo(done);
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        // What was made of an instrument before it went has to be out first, or it would come back after it was removed.
        var quoted = universe.All;
        if (!ReferenceEquals(quoted, _pruned) && latest.AreOnlyOf(quoted) && backlog.Count == 0)
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

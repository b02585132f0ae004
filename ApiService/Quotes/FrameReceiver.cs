using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Trading.Domain.Market;

namespace Trading.ApiService.Quotes;

/// <summary>
/// Keeps the feed fed: from Redis where it is there, from the worker itself where it is not. Neither has to be there
/// when this service starts, and each may go and come back.
/// </summary>
internal sealed partial class FrameReceiver(
    IServiceProvider services,
    QuoteFeed feed,
    IHttpClientFactory http,
    IOptions<QuoteFeedOptions> options,
    TimeProvider time,
    ILogger<FrameReceiver> logger) : BackgroundService
{
    public const string Channel = "quotes:frames";
    public const string Latest = "quotes:latest";
    public const string WorkerClient = "quotes";

    private static readonly TimeSpan _checkEvery = TimeSpan.FromSeconds(1);

    private readonly QuoteFeedOptions _options = options.Value;
    private bool _subscribed;
    private bool _away;

    /// <summary>The connection, once it has been made.</summary>
    public IConnectionMultiplexer? Redis { get; private set; }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(feed.RunAsync(stoppingToken), WatchAsync(stoppingToken));

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_checkEvery, time);
        do
        {
            var fromRedis = await TryAsync(CheckRedisAsync, stoppingToken);
            var quiet = feed.SincePublished is not { } age || age > _options.PollAfter;
            Note(away: !fromRedis);
            if (!fromRedis || quiet)
            {
                await TryAsync(PollWorkerAsync, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Subscribes once, and reads the newest quotes whenever frames may have been lost.</summary>
    private async Task<bool> CheckRedisAsync(CancellationToken cancellationToken)
    {
        var redis = Redis ??= Connect();
        if (!redis.IsConnected)
        {
            return false;
        }

        if (!_subscribed)
        {
            var channel = new RedisChannel(Channel, RedisChannel.PatternMode.Literal);
            // Once only: the client keeps the subscription over lost connections, also when this call times out.
            _subscribed = true;
            await Bounded(redis.GetSubscriber().SubscribeAsync(channel, TakeFrame), cancellationToken);
        }

        // Frames that arrive show that the subscription stands: only then can a whole picture close the gap.
        var flowing = feed.SincePublished is { } age && age < _options.PollAfter;
        if (!feed.IsComplete)
        {
            await LoadLatestAsync(redis, cancellationToken);
            if (flowing)
            {
                feed.MarkComplete();
            }
        }

        return true;
    }

    private IConnectionMultiplexer Connect()
    {
        // Made here, off the start-up path: connecting waits for a Redis that is away.
        var redis = services.GetRequiredService<IConnectionMultiplexer>();
        redis.ConnectionFailed += (_, _) => feed.MarkBroken();
        redis.ConnectionRestored += (_, _) => feed.MarkBroken();
        return redis;
    }

    private void TakeFrame(RedisChannel channel, RedisValue value)
    {
        if ((byte[]?)value is { } frame)
        {
            feed.TakePublished(frame);
        }
    }

    private async Task LoadLatestAsync(IConnectionMultiplexer redis, CancellationToken cancellationToken)
    {
        foreach (var entry in await Bounded(redis.GetDatabase().HashGetAllAsync(Latest), cancellationToken))
        {
            if ((byte[]?)entry.Value is { } frame)
            {
                feed.TakeWhole(frame);
            }
        }
    }

    private async Task<bool> PollWorkerAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.Timeout);
        using var client = http.CreateClient(WorkerClient);
        var frames = await client.GetByteArrayAsync(_options.WorkerUrl, deadline.Token);
        for (var at = 0; QuoteFrame.LengthOf(frames.AsSpan(at)) is > 0 and var length; at += length)
        {
            feed.TakePolled(frames[at..(at + length)]);
        }

        return true;
    }

    private Task<T> Bounded<T>(Task<T> call, CancellationToken cancellationToken) =>
        call.WaitAsync(_options.Timeout, time, cancellationToken);

    private Task Bounded(Task call, CancellationToken cancellationToken) =>
        call.WaitAsync(_options.Timeout, time, cancellationToken);

    private async Task<bool> TryAsync(
        Func<CancellationToken, Task<bool>> step, CancellationToken stoppingToken)
    {
        try
        {
            return await step(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(exception.Message);
            return false;
        }
    }

    private void Note(bool away)
    {
        if (away != _away)
        {
            _away = away;
            if (away)
            {
                LogAway();
            }
            else
            {
                LogBack();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Reading quotes failed, trying again: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is away: quotes come from the worker itself")]
    private partial void LogAway();

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back: quotes come from its channel again")]
    private partial void LogBack();
}

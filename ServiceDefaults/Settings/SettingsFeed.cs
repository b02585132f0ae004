using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Trading.ServiceDefaults.Settings;

/// <summary>Reads the settings where they are kept.</summary>
/// <param name="cancellationToken">Gives up.</param>
public delegate Task<IReadOnlyDictionary<string, string>> ReadSettings(CancellationToken cancellationToken);

/// <summary>
/// Keeps <see cref="RuntimeSettings"/> up to date: at once when Redis says that something changed, every 30 seconds
/// anyway. The message carries the trace of the change, so that one trace shows it everywhere.
/// </summary>
public sealed partial class SettingsFeed(
    RuntimeSettings settings,
    ReadSettings read,
    IServiceProvider services,
    TimeProvider time,
    ILogger<SettingsFeed> logger) : BackgroundService
{
    private static readonly RedisChannel _channel = new("settings:changed", RedisChannel.PatternMode.Literal);
    private static readonly ActivitySource _activities = new("Trading.Settings");
    private static readonly TimeSpan _pollEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _subscribeEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _redisTimeout = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _once = new(1);

    /// <summary>Tells every service that the settings have changed. Without Redis they find out by themselves.</summary>
    public async Task PublishAsync()
    {
        await LoadAsync(CancellationToken.None);
        using var activity = _activities.StartActivity("settings publish", ActivityKind.Producer);
        try
        {
            if (services.GetService<IConnectionMultiplexer>() is { IsConnected: true } redis)
            {
                await redis.GetSubscriber().PublishAsync(_channel, Activity.Current?.Id ?? "").WaitAsync(_redisTimeout, time);
            }
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            LogUntold(error.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscribed = false;
        var polledAt = long.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            subscribed = subscribed || await TrySubscribeAsync(stoppingToken);
            if (polledAt == long.MinValue || time.GetElapsedTime(polledAt) > _pollEvery)
            {
                polledAt = await TryLoadAsync(stoppingToken) ? time.GetTimestamp() : long.MinValue;
            }

            await Task.Delay(_subscribeEvery, time, stoppingToken);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _once.Dispose();
        base.Dispose();
    }

    private async Task<bool> TrySubscribeAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (services.GetService<IConnectionMultiplexer>() is not { IsConnected: true } redis)
            {
                return false;
            }

            await redis.GetSubscriber().SubscribeAsync(
                _channel, (_, message) => Hear((string?)message ?? "", stoppingToken));
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            LogUntold(error.Message);
            return false;
        }
    }

    // Redis' client waits for whoever hears; what follows runs by itself, and logs its own failures.
    private void Hear(string traceParent, CancellationToken cancellationToken) =>
        _ = ReloadAsync(traceParent, cancellationToken);

    private async Task ReloadAsync(string traceParent, CancellationToken cancellationToken)
    {
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var activity = _activities.StartActivity("settings reload", ActivityKind.Consumer, parent);
        await TryLoadAsync(cancellationToken);
    }

    private async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(cancellationToken);
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnread(error.Message);
            return false;
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            var stored = await read(cancellationToken);
            if (settings.Replace(stored))
            {
                LogChanged();
            }

            LogRead(stored.Count);
        }
        finally
        {
            _once.Release();
        }
    }

    [LoggerMessage(LogLevel.Information, "The settings have changed")]
    private partial void LogChanged();

    [LoggerMessage(LogLevel.Debug, "Read {Count} settings")]
    private partial void LogRead(int count);

    [LoggerMessage(LogLevel.Debug, "The settings cannot be read yet: {Reason}")]
    private partial void LogUnread(string reason);

    [LoggerMessage(LogLevel.Warning, "Redis does not tell of changed settings; they are read every 30 seconds: {Reason}")]
    private partial void LogUntold(string reason);
}

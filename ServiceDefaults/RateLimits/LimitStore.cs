using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>
/// The limits' way to Redis. A call that fails or takes too long opens a breaker, and the limits count in memory until
/// Redis answers again; that is tried beside the requests, so that none waits for a Redis known to be away.
/// </summary>
internal sealed partial class LimitStore(
    IServiceProvider services, IMeterFactory meters, TimeProvider time, ILogger<LimitStore> logger) : BackgroundService
{
    /// <summary>The longest that a request waits for Redis; on a sound network it takes a hundredth of that.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan _probeEvery = TimeSpan.FromMilliseconds(500);

    private readonly Histogram<double> _duration = meters.Create(RateLimitMetrics.MeterName).CreateHistogram<double>(
        "trading.ratelimit.store.duration", "s", "One call of a limit to Redis.");

    private IConnectionMultiplexer? _redis;
    private volatile bool _isShared;

    /// <summary>Whether Redis is asked now.</summary>
    public bool IsShared => _isShared && _redis is { IsConnected: true };

    /// <summary>Runs a script; null where Redis does not answer in time.</summary>
    public async Task<RedisResult[]?> RunAsync(string script, string key, params RedisValue[] arguments)
    {
        if (_redis is not { } redis)
        {
            return null;
        }

        var startedAt = time.GetTimestamp();
        try
        {
            var answer = await EvaluateAsync(redis.GetDatabase(), script, key, arguments).WaitAsync(Patience, time);
            _duration.Record(time.GetElapsedTime(startedAt).TotalSeconds);
            return (RedisResult[]?)answer;
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            Open(error);
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_probeEvery, time);
        do
        {
            if (!_isShared)
            {
                await TryCloseAsync(stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<RedisResult> EvaluateAsync(
        IDatabase database, string script, RedisKey key, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(script, [key], arguments);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // Redis was started anew; the client has noticed by this answer, and sends the script itself now.
            return await database.ScriptEvaluateAsync(script, [key], arguments);
        }
    }

    private async Task TryCloseAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Connecting blocks its thread while Redis is away.
            _redis ??= await Task.Run(services.GetRequiredService<IConnectionMultiplexer>, stoppingToken);
            if (_redis.IsConnected)
            {
                await _redis.GetDatabase().PingAsync().WaitAsync(Patience, time, stoppingToken);
                _isShared = true;
                LogShared();
            }
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            LogStillAway(error.Message);
        }
    }

    private void Open(Exception error)
    {
        if (_isShared)
        {
            _isShared = false;
            LogAway(error.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis is away ({Kind}): limits count in memory, each replica for itself")]
    private partial void LogAway(string kind);

    [LoggerMessage(LogLevel.Information, "Limits are shared through Redis")]
    private partial void LogShared();

    [LoggerMessage(LogLevel.Debug, "Redis is still away: {Reason}")]
    private partial void LogStillAway(string reason);
}

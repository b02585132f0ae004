using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Trading.ServiceDefaults.Redis;

/// <summary>
/// A way to Redis that never makes anyone wait for long. A call that fails or takes too long closes the gate: from then on
/// nobody asks until Redis has answered a probe, which is tried beside the requests.
/// </summary>
public sealed partial class RedisGate(IServiceProvider services, TimeProvider time, ILogger<RedisGate> logger)
    : BackgroundService
{
    /// <summary>The longest that a caller waits for Redis.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan _probeEvery = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<IConnectionMultiplexer> _watched = [];
    private IConnectionMultiplexer? _redis;
    private volatile bool _answers;
    private volatile bool _broken;
    private long _closedAt = time.GetTimestamp();

    /// <summary>Redis answers again, or for the first time; what was published meanwhile was not heard.</summary>
    internal event Func<IConnectionMultiplexer, CancellationToken, Task>? Returned;

    /// <summary>Whether Redis is asked now.</summary>
    public bool IsOpen => _answers && _redis is { IsConnected: true };

    /// <summary>How long Redis has not been asked; zero while it is.</summary>
    public TimeSpan ClosedFor => IsOpen ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref _closedAt));

    /// <summary>Asks Redis.</summary>
    /// <param name="call">What to ask.</param>
    /// <returns>The answer; default, and false, where Redis is away or does not answer in time.</returns>
    public async Task<(bool Answered, T? Answer)> AskAsync<T>(Func<IDatabase, Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!IsOpen || _redis is not { } redis)
        {
            return default;
        }

        try
        {
            return (true, await call(redis.GetDatabase()).WaitAsync(Patience, time));
        }
        catch (Exception error) when (error is RedisException or TimeoutException or ObjectDisposedException)
        {
            Close(error);
            return default;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_probeEvery, time);
        do
        {
            if (!_answers || _broken)
            {
                await TryOpenAsync(stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryOpenAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Connecting blocks its thread while Redis is away.
            _redis ??= await Task.Run(services.GetService<IConnectionMultiplexer>, stoppingToken);
            if (_redis is not { IsConnected: true } redis)
            {
                return;
            }

            Watch(redis);
            await redis.GetDatabase().PingAsync().WaitAsync(Patience, time, stoppingToken);
            _broken = false;
            foreach (var listener in (Returned?.GetInvocationList() ?? []).Cast<Func<IConnectionMultiplexer, CancellationToken, Task>>())
            {
                await listener(redis, stoppingToken).WaitAsync(Patience * 10, time, stoppingToken);
            }

            _answers = true;
            LogOpen();
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            _broken = true;
            LogStillAway(error.Message);
        }
    }

    // A connection that was lost and is back may have missed messages, also where nobody asked anything meanwhile.
    private void Watch(IConnectionMultiplexer redis)
    {
        if (_watched.Add(redis))
        {
            redis.ConnectionFailed += (_, failed) => Close(failed.Exception);
            redis.ConnectionRestored += (_, _) => _broken = true;
        }
    }

    private void Close(Exception? error)
    {
        _broken = true;
        if (_answers)
        {
            Volatile.Write(ref _closedAt, time.GetTimestamp());
            _answers = false;
            LogAway(error?.GetType().Name ?? "lost");
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis is away ({Kind}): each replica goes on from its own memory")]
    private partial void LogAway(string kind);

    [LoggerMessage(LogLevel.Information, "Redis answers")]
    private partial void LogOpen();

    [LoggerMessage(LogLevel.Debug, "Redis is still away: {Reason}")]
    private partial void LogStillAway(string reason);
}

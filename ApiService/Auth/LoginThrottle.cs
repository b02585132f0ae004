using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Trading.ApiService.Auth;

/// <summary>
/// Makes whoever guesses wait: after five failures in a row 1 s, then 2 s, 4 s, up to five minutes, for an account and,
/// after four times as many, for an address. What is counted is in Redis for all replicas, and here for when it is away.
/// </summary>
internal sealed partial class LoginThrottle(
    IServiceProvider services, IOptionsMonitor<AuthOptions> options, TimeProvider time, ILogger<LoginThrottle> logger)
{
    private const int AddressFactor = 4;
    private const int MostKept = 100_000;

    private const string FailScript =
        """
        local n = redis.call('INCR', KEYS[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        local over = n - tonumber(ARGV[2])
        if over >= 0 then
            redis.call('SET', KEYS[2], '1', 'PX', math.floor(math.min(2 ^ math.min(over, 30) * 1000, tonumber(ARGV[3]))))
        end
        return n
        """;

    private static readonly TimeSpan _forgetAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan _redisTimeout = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Failures> _failures = new();

    public static string AccountKey(string email) =>
        "auth:account:" + Convert.ToHexStringLower(SecretText.HashOf(email.ToUpperInvariant()))[..32];

    public static string AddressKey(string address) => "auth:address:" + address;

    /// <summary>How long a key still has to wait; zero where it need not.</summary>
    public async Task<TimeSpan> WaitOfAsync(string key)
    {
        var here = _failures.TryGetValue(key, out var failures) ? failures.BlockedUntil - time.GetUtcNow() : TimeSpan.Zero;
        var there = await AskRedisAsync(redis => redis.KeyTimeToLiveAsync(key + ":wait"));
        return new[] { here, there ?? TimeSpan.Zero, TimeSpan.Zero }.Max();
    }

    public async Task FailedAsync(string key, bool isAddress)
    {
        var current = options.CurrentValue;
        var free = current.FailuresBeforeWait * (isAddress ? AddressFactor : 1);
        if (_failures.Count < MostKept || _failures.ContainsKey(key))
        {
            _failures.AddOrUpdate(key, _ => Next(default, free), (_, last) => Next(last, free));
        }

        await AskRedisAsync(async redis =>
        {
            await redis.ScriptEvaluateAsync(
                FailScript,
                [key, key + ":wait"],
                [
                    (long)_forgetAfter.TotalMilliseconds,
                    free.ToString(CultureInfo.InvariantCulture),
                    (long)current.LongestWait.TotalMilliseconds,
                ]);
            return (TimeSpan?)null;
        });
    }

    /// <summary>A right password, or one that was set anew, ends the waiting of an account.</summary>
    public async Task ForgetAsync(string key)
    {
        _failures.TryRemove(key, out _);
        await AskRedisAsync(async redis =>
        {
            await redis.KeyDeleteAsync([key, key + ":wait"]);
            return (TimeSpan?)null;
        });
    }

    private Failures Next(Failures last, int free)
    {
        var now = time.GetUtcNow();
        var count = now - last.At > _forgetAfter ? 1 : last.Count + 1;
        var wait = count < free
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, count - free), options.CurrentValue.LongestWait.TotalSeconds));
        return new Failures(count, now, now + wait);
    }

    private async Task<TimeSpan?> AskRedisAsync(Func<IDatabase, Task<TimeSpan?>> ask)
    {
        if (services.GetService<IConnectionMultiplexer>() is not { IsConnected: true } redis)
        {
            return null;
        }

        try
        {
            return await ask(redis.GetDatabase()).WaitAsync(_redisTimeout, time);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            LogAway(error.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Failed sign-ins are counted here alone: {Reason}")]
    private partial void LogAway(string reason);

    private readonly record struct Failures(int Count, DateTimeOffset At, DateTimeOffset BlockedUntil);
}

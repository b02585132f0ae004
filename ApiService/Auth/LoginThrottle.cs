using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Trading.ApiService.Limits;

namespace Trading.ApiService.Auth;

/// <summary>
/// Makes whoever guesses wait: after five failures in a row 1 s, then 2 s, 4 s, up to five minutes, for an account and,
/// after four times as many, for an address. What is counted is in Redis for all replicas, and here while it is away.
/// </summary>
internal sealed partial class LoginThrottle(
    IServiceProvider services, IOptionsMonitor<AuthOptions> options, TimeProvider time, ILogger<LoginThrottle> logger)
{
    private const int AddressFactor = 4;

    private const string TakeScript =
        """
        local wait = redis.call('PTTL', KEYS[2])
        if wait > 0 then
            return wait
        end
        local n = redis.call('INCR', KEYS[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        local over = n - tonumber(ARGV[2])
        if over >= 0 then
            local ms = math.floor(math.min(2 ^ math.min(over, 30) * 1000, tonumber(ARGV[3])))
            redis.call('SET', KEYS[2], ARGV[4], 'PX', ms)
        end
        return 0
        """;

    private const string GiveBackScript =
        """
        if tonumber(redis.call('GET', KEYS[1]) or '0') > 1 then
            redis.call('DECR', KEYS[1])
        else
            redis.call('DEL', KEYS[1])
        end
        if redis.call('GET', KEYS[2]) == ARGV[1] then
            redis.call('DEL', KEYS[2])
        end
        return 0
        """;

    private static readonly TimeSpan _forgetAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan _redisTimeout = TimeSpan.FromMilliseconds(250);

    private readonly GuessesHere _here = new(time, _forgetAfter);

    public static string AccountKey(string email) =>
        "auth:account:" + Convert.ToHexStringLower(SecretText.HashOf(email.ToUpperInvariant()))[..32];

    /// <summary>One subscriber has a /64 of IPv6 addresses.</summary>
    public static string AddressKey(IPAddress? address) => $"auth:address:{ClientKey.Of(address).Value:x}";

    /// <summary>
    /// Passwords that a signed-in user is asked for again: by session, so that whoever stole one does not keep the owner,
    /// in another, from changing the password.
    /// </summary>
    public static string SessionKey(Guid session) => $"auth:session:{session:n}";

    /// <summary>Counts a guess as wrong; to be given back, or forgotten, where it was not.</summary>
    public async Task<Guess> TakeAsync(string key, bool isAddress = false)
    {
        var current = options.CurrentValue;
        var free = current.FailuresBeforeWait * (isAddress ? AddressFactor : 1);
        var token = Guid.NewGuid().ToString("n");
        var wait = await AskRedisAsync(
            TakeScript,
            key,
            [(long)_forgetAfter.TotalMilliseconds, free, (long)current.LongestWait.TotalMilliseconds, token]);
        return new Guess(
            key,
            token,
            wait is { } ms ? TimeSpan.FromMilliseconds(ms) : _here.Take(key, token, free, current.LongestWait));
    }

    /// <summary>The guess was right, or none was made.</summary>
    public async Task GiveBackAsync(Guess guess)
    {
        if (!guess.IsRefused)
        {
            _here.GiveBack(guess.Key, guess.Token);
            await AskRedisAsync(GiveBackScript, guess.Key, [guess.Token]);
        }
    }

    /// <summary>A right password, or one that was set anew, ends the waiting of an account.</summary>
    public async Task ForgetAsync(string key)
    {
        _here.Forget(key);
        await AskRedisAsync("return redis.call('DEL', KEYS[1], KEYS[2])", key, []);
    }

    private async Task<long?> AskRedisAsync(string script, string key, RedisValue[] values)
    {
        if (services.GetService<IConnectionMultiplexer>() is not { IsConnected: true } redis)
        {
            return null;
        }

        try
        {
            return (long)await redis.GetDatabase().ScriptEvaluateAsync(script, [key, key + ":wait"], values)
                .WaitAsync(_redisTimeout, time);
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            LogAway(error.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Failed sign-ins are counted here alone: {Reason}")]
    private partial void LogAway(string reason);
}

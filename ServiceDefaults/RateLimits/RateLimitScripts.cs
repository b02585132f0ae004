namespace Trading.ServiceDefaults.RateLimits;

/// <summary>
/// The limits as Redis runs them, each in one step and by Redis' own clock, so that replicas need not agree on theirs.
/// KEYS[1] is the partition; ARGV are permits, window in ms, permits wanted. The answer is a <see cref="Grant"/>: at
/// least what is wanted, or a hundredth of what is left if that is more, as far as there is any. A small limit is so
/// exact to one request, and a big one costs few round trips. Fewer than wanted is all that there is: the answer then says
/// when there is more.
/// </summary>
internal static class RateLimitScripts
{
    public const string SlidingWindow = Start + """
        local step = math.floor(window / 20)
        local now_step = math.floor(now / step)
        local used, oldest = 0, now_step
        local counts = redis.call('HGETALL', KEYS[1])
        for i = 1, #counts, 2 do
          local at = tonumber(counts[i])
          if at > now_step - 20 and at <= now_step then
            used = used + tonumber(counts[i + 1])
            if at < oldest then oldest = at end
          else
            redis.call('HDEL', KEYS[1], counts[i])
          end
        end
        local left = math.max(limit - used, 0)
        local given = share(left)
        if given > 0 then
          redis.call('HINCRBY', KEYS[1], string.format('%d', now_step), given)
          redis.call('PEXPIRE', KEYS[1], window)
        end
        local reset = (oldest + 20) * step - now
        local retry = 0
        if given < wanted then retry = reset end
        return { given, left - given, reset, (now_step + 1) * step - now, retry }
        """;

    public const string FixedWindow = Start + """
        local stored = redis.call('HMGET', KEYS[1], 'start', 'used')
        local start, used = tonumber(stored[1]), tonumber(stored[2])
        if not start or now >= start + window or now < start then
          start, used = now, 0
        end
        local left = math.max(limit - used, 0)
        local given = share(left)
        local reset = start + window - now
        if given > 0 then
          redis.call('HMSET', KEYS[1], 'start', string.format('%d', start), 'used', string.format('%d', used + given))
          redis.call('PEXPIRE', KEYS[1], reset)
        end
        local retry = 0
        if given < wanted then retry = reset end
        return { given, left - given, reset, reset, retry }
        """;

    public const string TokenBucket = Start + """
        local stored = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens, at = tonumber(stored[1]), tonumber(stored[2])
        if not tokens then
          tokens, at = limit, now
        end
        tokens = math.min(limit, tokens + math.max(now - at, 0) * limit / window)
        local left = math.floor(tokens)
        local given = share(left)
        tokens = tokens - given
        local full = math.ceil((limit - tokens) * window / limit)
        redis.call('HMSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%d', now))
        redis.call('PEXPIRE', KEYS[1], math.max(full, 1))
        local retry = 0
        if given < wanted then retry = math.ceil((1 - tokens) * window / limit) end
        return { given, left - given, full, math.floor(window / 20), retry }
        """;

    public const string ReturnToSlidingWindow = """
        local newest, most = nil, 0
        local counts = redis.call('HGETALL', KEYS[1])
        for i = 1, #counts, 2 do
          local at = tonumber(counts[i])
          if not newest or at > newest then newest, most = at, tonumber(counts[i + 1]) end
        end
        if newest then
          local field = string.format('%d', newest)
          if most > 1 then redis.call('HINCRBY', KEYS[1], field, -1) else redis.call('HDEL', KEYS[1], field) end
        end
        return { 1 }
        """;

    public const string ReturnToFixedWindow = """
        local used = tonumber(redis.call('HGET', KEYS[1], 'used'))
        if used and used > 0 then redis.call('HINCRBY', KEYS[1], 'used', -1) end
        return { 1 }
        """;

    public const string ReturnToTokenBucket = """
        local tokens = tonumber(redis.call('HGET', KEYS[1], 'tokens'))
        if tokens then
          redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', math.min(tonumber(ARGV[1]), tokens + 1)))
        end
        return { 1 }
        """;

    /// <summary>ARGV[3] is the id of the one who holds the permit. Answers 1 or 0, and how many are left.</summary>
    public const string Hold = Clock + """
        local limit, longest = tonumber(ARGV[1]), tonumber(ARGV[2])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
        local held = redis.call('ZCARD', KEYS[1])
        if held >= limit then return { 0, 0 } end
        redis.call('ZADD', KEYS[1], string.format('%d', now + longest), ARGV[3])
        redis.call('PEXPIRE', KEYS[1], longest)
        return { 1, limit - held - 1 }
        """;

    /// <summary>ARGV[1] is the id of the one who held the permit.</summary>
    public const string Release = "return redis.call('ZREM', KEYS[1], ARGV[1])";

    private const string Clock = """
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

        """;

    private const string Start = Clock + """
        local limit, window, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local function share(left) return math.min(left, math.max(wanted, math.floor(left / 100))) end

        """;

    /// <summary>Takes one permit back, of those that were given last; they count no more.</summary>
    public static string ReturnOf(RateLimitAlgorithm algorithm) => algorithm switch
    {
        RateLimitAlgorithm.SlidingWindow => ReturnToSlidingWindow,
        RateLimitAlgorithm.FixedWindow => ReturnToFixedWindow,
        RateLimitAlgorithm.TokenBucket => ReturnToTokenBucket,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "It gives no permits to use up."),
    };

    public static string Of(RateLimitAlgorithm algorithm) => algorithm switch
    {
        RateLimitAlgorithm.SlidingWindow => SlidingWindow,
        RateLimitAlgorithm.FixedWindow => FixedWindow,
        RateLimitAlgorithm.TokenBucket => TokenBucket,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "It gives no permits to use up."),
    };
}

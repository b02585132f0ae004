using StackExchange.Redis;
using Trading.ServiceDefaults.Redis;

namespace Trading.PricingWorker.Sharing;

/// <summary>Counts the workers that live: each says so to Redis again and again.</summary>
internal sealed class Workforce(RedisGate gate)
{
    private const string SayAlive =
        """
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
        redis.call('ZADD', KEYS[1], now, ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
        redis.call('EXPIRE', KEYS[1], 3600)
        local before = 0
        local all = redis.call('ZRANGE', KEYS[1], 0, -1)
        for _, name in ipairs(all) do
            if name < ARGV[1] then
                before = before + 1
            end
        end
        return {#all, before}
        """;

    private static readonly RedisKey[] _key = ["quotes:workers"];

    private readonly string _name = Guid.NewGuid().ToString("N");

    /// <summary>How many live, this one included, and how many shards are its part; null where Redis is away.</summary>
    public async Task<(int Workers, int Share)?> CountAsync(TimeSpan deadAfter)
    {
        var (answered, counts) = await gate.AskAsync(async database =>
        {
            RedisValue[] arguments = [_name, (long)deadAfter.TotalMilliseconds];
            return (RedisResult[]?)await RedisScript.RunAsync(database, SayAlive, _key, arguments);
        });
        return answered && counts is [var all, var before] ? ((int)all, ShareOf((int)all, (int)before)) : null;
    }

    /// <summary>One worker's part, by how many are named before it; all parts together are all shards.</summary>
    public static int ShareOf(int workers, int before) =>
        (Shard.Count / workers) + (before < Shard.Count % workers ? 1 : 0);

    /// <summary>Says that this one is gone, so that the others need not wait.</summary>
    public Task LeaveAsync() => gate.AskAsync(database => database.SortedSetRemoveAsync(_key[0], _name));
}

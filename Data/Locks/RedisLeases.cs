using StackExchange.Redis;
using Trading.ServiceDefaults.Redis;

namespace Trading.Data.Locks;

/// <summary>Leases in Redis: a key with its owner's name that expires unless it is renewed.</summary>
internal sealed class RedisLeases(RedisGate gate)
{
    // A key that Redis lost is its owner's again, unless another was faster.
    private const string Renew =
        """
        local owner = redis.call('GET', KEYS[1])
        if owner and owner ~= ARGV[1] then
            return 0
        end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return owner and 1 or 2
        """;

    private const string Release =
        """
        if redis.call('GET', KEYS[1]) == ARGV[1] then
            return redis.call('DEL', KEYS[1])
        end
        return 0
        """;

    /// <summary>Null where Redis is away.</summary>
    public async Task<bool?> TryTakeAsync(string name, string owner, TimeSpan lease)
    {
        var (answered, taken) = await gate.AskAsync(database =>
            database.StringSetAsync(KeyOf(name), owner, lease, When.NotExists));
        return answered ? taken : null;
    }

    public async Task<Renewal> RenewAsync(string name, string owner, TimeSpan lease)
    {
        var (answered, outcome) = await gate.AskAsync(database => RunAsync(
            database, Renew, name, owner, (long)lease.TotalMilliseconds));
        return answered ? (Renewal)outcome : Renewal.Unknown;
    }

    public Task ReleaseAsync(string name, string owner) =>
        gate.AskAsync(database => RunAsync(database, Release, name, owner));

    private static async Task<long> RunAsync(IDatabase database, string script, string name, params RedisValue[] arguments)
    {
        RedisKey[] keys = [KeyOf(name)];
        try
        {
            return (long)await database.ScriptEvaluateAsync(script, keys, arguments);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // Redis was started anew; the client has noticed by this answer, and sends the script itself now.
            return (long)await database.ScriptEvaluateAsync(script, keys, arguments);
        }
    }

    private static RedisKey KeyOf(string name) => "lock:" + name;
}

/// <summary>What became of a lease.</summary>
internal enum Renewal
{
    Taken = 0,
    Renewed = 1,

    /// <summary>Redis had lost it; it is there again.</summary>
    Restored = 2,

    /// <summary>Redis is away.</summary>
    Unknown = 3,
}

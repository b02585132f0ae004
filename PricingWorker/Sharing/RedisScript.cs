using StackExchange.Redis;

namespace Trading.PricingWorker.Sharing;

internal static class RedisScript
{
    /// <summary>Runs a script, also where Redis was started anew and does not know it.</summary>
    public static async Task<RedisResult> RunAsync(
        IDatabase database, string script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(script, keys, arguments);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // The client has noticed by this answer, and sends the script itself now.
            return await database.ScriptEvaluateAsync(script, keys, arguments);
        }
    }
}

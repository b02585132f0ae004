using StackExchange.Redis;

namespace Trading.PricingWorker.Quotes;

/// <summary>The way to Redis: every call has a limit, whatever Redis does.</summary>
internal sealed class RedisLink(IServiceProvider services, TimeProvider time)
{
    /// <summary>For what one tick needs.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    /// <summary>For what moves many frames, off the tick's path.</summary>
    public static readonly TimeSpan Bulk = TimeSpan.FromSeconds(1);

    // Connecting blocks its thread while Redis is away, so it is done on another.
    private readonly Lazy<Task<IDatabase>> _database =
        new(() => Task.Run(() => services.GetRequiredService<IConnectionMultiplexer>().GetDatabase()));

    public async Task<T> RunAsync<T>(
        Func<IDatabase, Task<T>> command, TimeSpan limit, CancellationToken cancellationToken)
    {
        var database = await _database.Value.WaitAsync(limit, time, cancellationToken);
        return await command(database).WaitAsync(limit, time, cancellationToken);
    }
}

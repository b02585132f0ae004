using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Trading.ApiService.Quotes;

/// <summary>Degraded while Redis is away: everything here goes on without it.</summary>
internal sealed class RedisHealth(FrameReceiver receiver) : IHealthCheck
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(500);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (receiver.Redis is not { IsConnected: true } redis)
        {
            return HealthCheckResult.Degraded("Redis is away; quotes come from the worker itself.");
        }

        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(_timeout, cancellationToken);
            return HealthCheckResult.Healthy("Redis answers.");
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return HealthCheckResult.Degraded("Redis does not answer; quotes come from the worker itself.");
        }
    }
}

using Trading.ServiceDefaults.RateLimits;

namespace Trading.PricingWorker.Providers.Http;

/// <summary>
/// The pace of all workers together: a provider counts the requests of an address, not of a process. The state is in Redis;
/// while that is away each worker keeps its own pace.
/// </summary>
internal sealed class SharedPace(SharedRateLimiter limiter, TimeProvider time)
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>The pace of a provider; null where nothing is shared, or its rate is beyond what a shared limit can count.</summary>
    public static SharedPace? Of(
        ProviderName name, HttpProviderOptions options, SharedRateLimits? limits, TimeProvider time)
    {
        var rule = new RateLimitRule(
            $"provider_{name.Code()}",
            RateLimitAlgorithm.TokenBucket,
            options.Burst,
            TimeSpan.FromSeconds(options.Burst / options.RequestsPerSecond));
        return limits is not null && rule.IsValid ? new SharedPace(limits.Limiter(rule), time) : null;
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (await limiter.AcquireAsync(partition: 0, cancellationToken) is { IsAllowed: false } refused)
        {
            await Task.Delay(refused.RetryAfter > _shortest ? refused.RetryAfter : _shortest, time, cancellationToken);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Trading.ServiceDefaults.RateLimits;

/// <summary>
/// Limits whose state is in Redis, so that all replicas of a service together allow what one would. While Redis is away
/// or slow they count in memory; no request waits for it longer than 200 ms.
/// </summary>
public sealed class SharedRateLimits
{
    private readonly LimitStore _store;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, SharedRateLimiter> _limiters = new(StringComparer.Ordinal);

    internal SharedRateLimits(LimitStore store, IMeterFactory meters, TimeProvider time)
    {
        (_store, _time) = (store, time);
        RateLimitMetrics.Observe(meters.Create(RateLimitMetrics.MeterName), this);
    }

    /// <summary>Whether Redis holds the state now.</summary>
    public bool IsShared => _store.IsShared;

    /// <summary>What each limit did in this process, by name.</summary>
    public IReadOnlyList<RateLimitStatistics> Statistics =>
        [.. _limiters.Values.Select(limiter => limiter.Statistics).OrderBy(limit => limit.Rule, StringComparer.Ordinal)];

    /// <summary>The limiter of a rule; one per name.</summary>
    /// <param name="rule">The rule.</param>
    /// <exception cref="ArgumentException">The rule's figures are out of range.</exception>
    public SharedRateLimiter Limiter(RateLimitRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.IsValid
            ? _limiters.GetOrAdd(rule.Name, _ => SharedRateLimiter.Of(rule, _store, _time))
            : throw new ArgumentException($"{rule.Name}: no permits, or a window out of range.", nameof(rule));
    }
}

/// <summary>Registers the limits.</summary>
public static class SharedRateLimitServices
{
    /// <summary>
    /// Adds <see cref="SharedRateLimits"/>. They use the <c>IConnectionMultiplexer</c> that is registered; without one
    /// they count in memory.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    public static IHostApplicationBuilder AddSharedRateLimits(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<LimitStore>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LimitStore>());
        builder.Services.AddSingleton(services => new SharedRateLimits(
            services.GetRequiredService<LimitStore>(),
            services.GetRequiredService<IMeterFactory>(),
            services.GetRequiredService<TimeProvider>()));
        return builder;
    }
}

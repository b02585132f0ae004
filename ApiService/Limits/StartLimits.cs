using System.Globalization;
using Trading.ApiService.Edge;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Limits;

/// <summary>
/// Limits on what requests start. A request that starts nothing, as it is refused, fails or is a replay, spends none.
/// </summary>
internal sealed class StartLimits(Charging charging)
{
    /// <summary>Spends one of the caller's.</summary>
    /// <returns>What was spent; null where none is left: <see cref="RateLimits.RefusalOf"/> then answers.</returns>
    public async Task<SpentLimit?> TrySpendAsync(
        HttpContext context, string policy, CancellationToken cancellationToken)
    {
        var charge = charging.OfStart(context.User, policy);
        var before = context.Features.Get<RequestFacts>()?.Limits;
        var decision = await charge.Limiter.AcquireAsync(charge.Partition, cancellationToken);
        if (!decision.IsAllowed || IsTightest(decision, before))
        {
            RequestLimiter.Tell(context, charge, decision);
        }

        return decision.IsAllowed ? new SpentLimit(context, charge, before) : null;
    }

    private static bool IsTightest(RateLimitDecision decision, LimitHeaders? before) =>
        before is not { } known
        || !long.TryParse(known.Remaining, CultureInfo.InvariantCulture, out var left)
        || decision.Remaining < left;
}

/// <summary>One of a limit that was spent, until it is known whether anything was started for it.</summary>
internal sealed class SpentLimit(HttpContext context, Charge charge, LimitHeaders? before)
{
    public async Task EndAsync(bool started)
    {
        if (started && charge.Limiter.Rule.Algorithm != RateLimitAlgorithm.Concurrency)
        {
            return;
        }

        await charge.Limiter.GiveBackAsync(charge.Partition);
        if (!started && context.Features.Get<RequestFacts>() is { } facts)
        {
            facts.Limits = before;
        }
    }
}

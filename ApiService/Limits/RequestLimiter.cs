using System.Globalization;
using System.Threading.RateLimiting;
using Trading.ApiService.Edge;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Limits;

/// <summary>
/// The limits within the framework's middleware. It knows the request, so that it can say on every answer what is left;
/// the framework's own limiters only say so on a refusal.
/// </summary>
internal sealed class RequestLimiter(Charging charging) : PartitionedRateLimiter<HttpContext>
{
    private const int CachedNumbers = 4096;

    private static readonly string[] _numbers =
        [.. Enumerable.Range(0, CachedNumbers).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <summary>Most requests are decided here; where this refuses, the middleware asks the other way.</summary>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        var charges = charging.Of(resource);
        if (charges.First is not { } first)
        {
            return LimitLease.Allowed;
        }

        if (!charges.IsOne || !first.Limiter.TryAcquire(first.Partition, out var decision))
        {
            return LimitLease.Refused;
        }

        Tell(resource, first, decision);
        return decision.IsAllowed ? LimitLease.Allowed : LimitLease.Refused;
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        if (resource.Features.Get<RequestFacts>() is { Refusal: not null })
        {
            return LimitLease.Refused;
        }

        var held = new List<Charge>();
        var (tightest, least) = (default(Charge), default(RateLimitDecision));
        foreach (var charge in charging.Of(resource).All)
        {
            var decision = await charge.Limiter.AcquireAsync(charge.Partition, cancellationToken);
            if (!decision.IsAllowed)
            {
                new LimitLease(false, held).Dispose();
                Tell(resource, charge, decision);
                return LimitLease.Refused;
            }

            held.Add(charge);
            if (tightest.Limiter is null || decision.Remaining < least.Remaining)
            {
                (tightest, least) = (charge, decision);
            }
        }

        Tell(resource, tightest, least);
        return new LimitLease(true, held);
    }

    /// <summary>Has the answer say what is left of a limit, and when there is more.</summary>
    public static void Tell(HttpContext context, Charge charge, RateLimitDecision decision)
    {
        var reset = Seconds(decision.ResetAfter);
        if (context.Features.Get<RequestFacts>() is { } facts)
        {
            facts.Limits = new(
                Text(charge.Limiter.Rule.Permits), Text(decision.Remaining), reset, charge.Limiter.Rule.Policy);
            facts.Refusal = decision.IsAllowed ? null : charge;
        }

        if (!decision.IsAllowed)
        {
            context.Response.Headers.RetryAfter = Seconds(decision.RetryAfter);
        }
    }

    // Rounded up: who waits so long is not refused again.
    private static string Seconds(TimeSpan time) => Text(Math.Max((long)Math.Ceiling(time.TotalSeconds), 1));

    private static string Text(long number) =>
        (ulong)number < CachedNumbers ? _numbers[number] : number.ToString(CultureInfo.InvariantCulture);
}

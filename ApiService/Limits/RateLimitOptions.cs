using Trading.Contracts;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Limits;

/// <summary>How much one caller may ask; section <c>RateLimit</c>, such as <c>RateLimit:Backtests:Permits</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimit";

    /// <summary>The same setting as an environment variable of one word.</summary>
    public const string ShortName = "RATE_LIMIT_RPM";

    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    /// <summary>A minute, of one address. It scales what is not set itself of an address and of public reads.</summary>
    public int RequestsPerMinute { get; set; } = 60;

    public LimitOptions Address { get; } = new(_minute);

    /// <summary>Quotes, bars and instruments, of one address.</summary>
    public LimitOptions PublicReads { get; } = new(_minute);

    public LimitOptions Free { get; } = new(_minute, 300, RateLimitAlgorithm.TokenBucket);

    public LimitOptions Pro { get; } = new(_minute, 1200, RateLimitAlgorithm.TokenBucket);

    public LimitOptions Enterprise { get; } = new(_minute, 6000, RateLimitAlgorithm.TokenBucket);

    /// <summary>Of one API key, besides what its user may ask.</summary>
    public LimitOptions ApiKey { get; } = new(_minute, 600);

    public LimitOptions Refresh { get; } = new(TimeSpan.FromMinutes(5), 5, RateLimitAlgorithm.FixedWindow);

    public LimitOptions Backtests { get; } = new(TimeSpan.FromHours(1), 3);

    public LimitOptions BacktestsPro { get; } = new(TimeSpan.FromHours(1), 60);

    public LimitOptions BacktestsEnterprise { get; } = new(TimeSpan.FromHours(1), 600);

    /// <summary>Exports of one caller at a time.</summary>
    public LimitOptions Exports { get; } = new(TimeSpan.FromMinutes(2), 2, RateLimitAlgorithm.Concurrency);

    /// <summary>Tests and replays of webhooks: strangers' servers are not for hammering.</summary>
    public LimitOptions WebhookTests { get; } = new(_minute, 10);

    public RateLimitRule AddressRule => Address.Rule("address", RequestsPerMinute);

    // 100 where an address has 60: who lifts or lowers the one does so with the other.
    public RateLimitRule PublicRule =>
        PublicReads.Rule("public", (int)Math.Min((RequestsPerMinute * 5L + 2) / 3, int.MaxValue));

    public RateLimitRule ApiKeyRule => ApiKey.Rule("api_key", RequestsPerMinute);

    /// <summary>The limit of a subscription's users: never less than a stranger has.</summary>
    public RateLimitRule TierRule(string tier) => (tier switch
    {
        Tiers.Enterprise => Enterprise,
        Tiers.Pro => Pro,
        _ => Free,
    }).Rule("user_" + tier, RequestsPerMinute);

    public RateLimitRule PolicyRule(string policy) => (policy switch
    {
        LimitPolicies.Refresh => Refresh,
        LimitPolicies.Backtests => Backtests,
        LimitPolicies.BacktestsPro => BacktestsPro,
        LimitPolicies.BacktestsEnterprise => BacktestsEnterprise,
        LimitPolicies.Exports => Exports,
        LimitPolicies.WebhookTests => WebhookTests,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "No limit has this name."),
    }).Rule(policy, 1);

    public IEnumerable<RateLimitRule> Rules() =>
    [
        AddressRule, PublicRule, ApiKeyRule, .. Tiers.All.Select(TierRule), .. LimitPolicies.All.Select(PolicyRule),
    ];
}

using Trading.Contracts;

namespace Trading.ApiService.Limits;

/// <summary>Groups of endpoints that have a limit of their own, and how an endpoint joins one.</summary>
internal static class LimitPolicies
{
    /// <summary>What makes the server fetch or compute anew. Counted besides the caller's own limit.</summary>
    public const string Refresh = "refresh";

    /// <summary>
    /// Starting a backtest, of the free tier; the others have more. Spent by what is started, not by requests: see
    /// <see cref="StartLimits"/>.
    /// </summary>
    public const string Backtests = "backtests";
    public const string BacktestsPro = "backtests_pro";
    public const string BacktestsEnterprise = "backtests_enterprise";

    /// <summary>Answers without pages: so many at a time, besides the caller's own limit.</summary>
    public const string Exports = "exports";

    /// <summary>What is sent to a webhook at once because its owner says so. Counted besides the caller's own limit.</summary>
    public const string WebhookTests = "webhook_tests";

    public static IReadOnlyList<string> All { get; } =
        [Refresh, Backtests, BacktestsPro, BacktestsEnterprise, Exports, WebhookTests];

    /// <summary>The limit that holds for a caller of a tier.</summary>
    public static string Of(string policy, string tier) => (policy, tier) switch
    {
        (Backtests, Tiers.Pro) => BacktestsPro,
        (Backtests, Tiers.Enterprise) => BacktestsEnterprise,
        _ => policy,
    };

    /// <summary>Gives an endpoint a limit of its own.</summary>
    public static TBuilder LimitedBy<TBuilder>(this TBuilder builder, string policy)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new LimitPolicy(policy));

    /// <summary>Counts strangers' GETs by the limit of public reads, not by that of their address.</summary>
    public static TBuilder IsPublicRead<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(PublicRead.Instance);
}

/// <summary>The limit that an endpoint has besides its caller's.</summary>
internal sealed record LimitPolicy(string Name);

/// <summary>Marks what anybody may read.</summary>
internal sealed class PublicRead
{
    public static PublicRead Instance { get; } = new();
}

using Trading.Contracts;

namespace Trading.ApiService.Webhooks;

/// <summary>How webhooks are sent; section <c>Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>How often a replica looks for what is due.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Before the second try; each further wait is three times as long.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(6);

    /// <summary>After the last a delivery is given up.</summary>
    public int MaxTries { get; set; } = 10;

    /// <summary>A webhook that takes nothing for so long is paused.</summary>
    public TimeSpan PauseAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Tries at a time of one replica; a quarter of them of one user.</summary>
    public int AtATime { get; set; } = 32;

    public bool IsValid => Period > TimeSpan.Zero && FirstRetry > TimeSpan.Zero && LongestRetry >= FirstRetry
        && MaxTries > 0 && AtATime >= 4 && PauseAfter > TimeSpan.Zero;

    /// <summary>How many webhooks an account may have.</summary>
    public static int MostOf(string tier) => tier switch
    {
        Tiers.Enterprise => 50,
        Tiers.Pro => 10,
        _ => 3,
    };
}

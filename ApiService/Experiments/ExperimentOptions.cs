using Trading.Contracts;

namespace Trading.ApiService.Experiments;

/// <summary>How large experiments may be; section <c>Experiments</c>.</summary>
internal sealed class ExperimentOptions
{
    public const string Section = "Experiments";

    /// <summary>The most bars x instruments x arms: an advance computes them all anew.</summary>
    public long MaxWork { get; set; } = 500_000;

    /// <summary>How many a user may keep, whatever became of them.</summary>
    public int MaxKept { get; set; } = 200;

    /// <summary>How many of a user may run.</summary>
    public static int MostRunning(string tier) => tier switch
    {
        Tiers.Enterprise => 50,
        Tiers.Pro => 10,
        _ => 2,
    };
}

using Trading.Contracts;

namespace Trading.ApiService.Backtests;

/// <summary>How large backtests may be, and where they run; section <c>Backtests</c>. Work is bars x trials; that of a
/// strategy's own text counts fourfold.</summary>
internal sealed class BacktestOptions
{
    public const string Section = "Backtests";

    /// <summary>What has no more work is run while the client waits.</summary>
    public long InlineWork { get; set; } = 4_000_000;

    /// <summary>Of those, so many at a time; more are queued. Half the cores, as quotes come first.</summary>
    public int InlineAtATime { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>What has more work is refused.</summary>
    public long MaxWork { get; set; } = 20_000_000_000;

    /// <summary>What has more bars is refused: they are all in memory at once.</summary>
    public long MaxBars { get; set; } = 5_000_000;

    public int MaxInstruments { get; set; } = 500;

    /// <summary>How long after its close a bar counts: until then it may still change.</summary>
    public TimeSpan CloseDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many backtests of a user may wait or run.</summary>
    public static int MostQueued(string tier) => tier switch
    {
        Tiers.Enterprise => 50,
        Tiers.Pro => 20,
        _ => 5,
    };
}

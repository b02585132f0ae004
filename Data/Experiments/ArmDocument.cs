using Trading.Domain.Backtesting;
using Trading.Domain.Experiments;

namespace Trading.Data.Experiments;

/// <summary>How an arm stands at the last point, as it is stored.</summary>
public sealed record ArmDocument
{
    public const int MostTrades = 20;

    /// <summary>What the account is worth.</summary>
    public required double Equity { get; init; }

    /// <summary>Since the beginning, as a fraction.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>The most negative peak-to-trough of equity, a negative fraction.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>What is invested as a fraction of equity.</summary>
    public required double Exposure { get; init; }

    /// <summary>Positions that were left.</summary>
    public required int Trades { get; init; }

    /// <summary>Those of them with a profit after fees.</summary>
    public required int Wins { get; init; }

    public required IReadOnlyList<PaperPosition> Positions { get; init; }

    /// <summary>The newest trades, newest first, at most <see cref="MostTrades"/>.</summary>
    public required IReadOnlyList<Trade> NewestTrades { get; init; }

    public required DateTime? LiquidatedAt { get; init; }

    /// <summary>Null for the control.</summary>
    public required ArmTestDocument? Test { get; init; }

}

/// <summary>What the test says of an arm against the control.</summary>
public sealed record ArmTestDocument
{
    /// <summary>The mean difference of return a bar.</summary>
    public required double Mean { get; init; }

    public required double? Low { get; init; }

    public required double? High { get; init; }

    public required double? PValue { get; init; }

    /// <summary>How many bars the difference rests on.</summary>
    public double EffectiveBars { get; init; }

    public required ExperimentVerdict Verdict { get; init; }

    /// <summary>After how many bars it was said.</summary>
    public required int? DecidedAt { get; init; }
}

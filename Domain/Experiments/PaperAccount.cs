using Trading.Domain.Backtesting;

namespace Trading.Domain.Experiments;

/// <summary>An account on paper at the close of the last bar that is known.</summary>
public sealed record PaperAccount
{
    /// <summary>When each bar closed, UTC: the union of the instruments' times.</summary>
    public required ReadOnlyMemory<DateTime> Times { get; init; }

    /// <summary>What the account was worth at each: cash, and positions at their last closes.</summary>
    public required ReadOnlyMemory<double> Equity { get; init; }

    /// <summary>The value of all positions at each, those sold short counted as positive.</summary>
    public required ReadOnlyMemory<double> Invested { get; init; }

    /// <summary>All positions that were left, by their exits.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>What is held, and what is ordered for the next open.</summary>
    public required IReadOnlyList<PaperPosition> Positions { get; init; }

    /// <summary>When the account had nothing left and was closed; null where it never was.</summary>
    public required DateTime? LiquidatedAt { get; init; }

    internal static PaperAccount Empty { get; } = new()
    {
        Times = default,
        Equity = default,
        Invested = default,
        Trades = [],
        Positions = [],
        LiquidatedAt = null,
    };
}

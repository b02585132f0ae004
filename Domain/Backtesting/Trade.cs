namespace Trading.Domain.Backtesting;

/// <summary>A position from its entry to its exit. Money is in the account's currency.</summary>
public sealed record Trade
{
    /// <summary>What was traded.</summary>
    public required string Ticker { get; init; }

    /// <summary>Long or short.</summary>
    public required TradeDirection Direction { get; init; }

    /// <summary>How many units of the split-adjusted prices; above zero for both directions.</summary>
    public required decimal Units { get; init; }

    /// <summary>The close, UTC, of the bar at whose open it was entered.</summary>
    public required DateTime EntryTime { get; init; }

    /// <summary>The price paid or received, slippage included.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>The close, UTC, of the bar within which it was left.</summary>
    public required DateTime ExitTime { get; init; }

    /// <summary>The price received or paid, slippage included.</summary>
    public required decimal ExitPrice { get; init; }

    /// <summary>Why it was left.</summary>
    public required ExitReason ExitReason { get; init; }

    /// <summary>The fees of both fills.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Dividends received; negative where a short position paid them.</summary>
    public required decimal Dividends { get; init; }

    /// <summary>What borrowing the units cost; zero for long positions.</summary>
    public required decimal BorrowCost { get; init; }

    /// <summary>What it added to the account: price difference less fees and borrowing, plus dividends.</summary>
    public required decimal Profit { get; init; }

    /// <summary>The profit as a fraction of the value at entry.</summary>
    public required double Return { get; init; }

    /// <summary>The price at which the stop was; null without one.</summary>
    public required double? StopPrice { get; init; }

    /// <summary>The price at which the target was; null without one.</summary>
    public required double? TargetPrice { get; init; }

    /// <summary>The profit as a multiple of what the stop put at risk; null without a stop.</summary>
    public required double? RMultiple { get; init; }

    /// <summary>
    /// Maximum adverse excursion: the most that it was behind its entry while held, at the bars' prices before exit
    /// costs; zero or below.
    /// </summary>
    public required double MaximumAdverseExcursion { get; init; }

    /// <summary>Maximum favourable excursion: the most that it was ahead; zero or above.</summary>
    public required double MaximumFavourableExcursion { get; init; }

    /// <summary>Bars of the instrument from entry to exit; 0 where it was left in the bar of its entry.</summary>
    public required int BarsHeld { get; init; }
}

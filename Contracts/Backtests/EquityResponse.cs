namespace Trading.Contracts;

/// <summary>What an account was worth at the close of every bar, as columns of equal length, oldest first.</summary>
/// <param name="Initial">The cash before the first bar.</param>
/// <param name="Times">When each bar closed, UTC.</param>
/// <param name="Equity">Cash and positions.</param>
/// <param name="Drawdown">How far it is below its highest so far: negative fractions, or 0.</param>
/// <param name="Exposure">The value of positions as a fraction of equity.</param>
/// <param name="Benchmark">The benchmark's worth, starting with the same cash; null without one.</param>
public sealed record EquityResponse(
    double Initial,
    IReadOnlyList<DateTime> Times,
    IReadOnlyList<double> Equity,
    IReadOnlyList<double> Drawdown,
    IReadOnlyList<double> Exposure,
    IReadOnlyList<double>? Benchmark);

/// <summary>A position of a backtest from its entry to its exit; money is in the account's currency.</summary>
public sealed record TradeResponse
{
    /// <summary>What was traded.</summary>
    public required string Ticker { get; init; }

    /// <summary><c>long</c> or <c>short</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Units of the split-adjusted prices.</summary>
    public required decimal Units { get; init; }

    /// <summary>The close of the bar at whose open it was entered, UTC.</summary>
    public required DateTime EntryTime { get; init; }

    /// <summary>The price paid or received, slippage included.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>The close of the bar within which it was left, UTC.</summary>
    public required DateTime ExitTime { get; init; }

    /// <summary>The price received or paid, slippage included.</summary>
    public required decimal ExitPrice { get; init; }

    /// <summary><c>signal</c>, <c>stop</c>, <c>target</c>, <c>expiry</c>, <c>reversal</c>, <c>end</c> or
    /// <c>liquidation</c>.</summary>
    public required string ExitReason { get; init; }

    /// <summary>The fees of both fills.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Dividends received; negative where paid.</summary>
    public required decimal Dividends { get; init; }

    /// <summary>What borrowing cost.</summary>
    public required decimal BorrowCost { get; init; }

    /// <summary>What it added to the account.</summary>
    public required decimal Profit { get; init; }

    /// <summary>The profit as a fraction of the value at entry.</summary>
    public required double Return { get; init; }

    /// <summary>The stop; null without one.</summary>
    public double? StopPrice { get; init; }

    /// <summary>The target; null without one.</summary>
    public double? TargetPrice { get; init; }

    /// <summary>The profit as a multiple of the risk; null without a stop.</summary>
    public double? RMultiple { get; init; }

    /// <summary>The most that it was behind; 0 or below.</summary>
    public required double MaximumAdverseExcursion { get; init; }

    /// <summary>The most that it was ahead; 0 or above.</summary>
    public required double MaximumFavourableExcursion { get; init; }

    /// <summary>Bars from entry to exit.</summary>
    public required int BarsHeld { get; init; }
}

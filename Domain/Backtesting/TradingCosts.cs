namespace Trading.Domain.Backtesting;

/// <summary>What trading costs. On by default: a backtest without costs promises too much.</summary>
/// <param name="FeeRate">The fee of a fill as a fraction of its value; 0.001 is 0.1 %.</param>
/// <param name="FeePerOrder">The fee of a fill on top, in the account's currency.</param>
/// <param name="SlippageRate">
/// How much worse than the price of the bar a market order, a stop, an expiry or a forced close is filled, as a
/// fraction of the price. A target is a limit order: filled at its price or better, without slippage.
/// </param>
/// <param name="BorrowRate">What borrowing units sold short costs a year, as a fraction of their value.</param>
public sealed record TradingCosts(
    decimal FeeRate = 0.001m, decimal FeePerOrder = 0, decimal SlippageRate = 0.0005m, decimal BorrowRate = 0)
{
    /// <summary>No costs at all.</summary>
    public static TradingCosts None { get; } = new(0, 0, 0, 0);
}

namespace Trading.Domain.Backtesting;

/// <summary>Turns a position that was left into the record of it.</summary>
internal static class ClosedTrade
{
    public static Trade Of(
        in OpenPosition position,
        decimal price,
        decimal fees,
        ReadOnlySpan<DateTime> times,
        string ticker,
        in ExitFill fill)
    {
        var (direction, units, entry) = (position.Direction, position.Units, position.EntryPrice);
        var profit = ((direction > 0 ? price - entry : entry - price) * units) - fees;
        if (position.HasHoldingCash)
        {
            profit += position.Dividends - position.BorrowCost;
        }

        var (lowest, highest) = (position.Lowest - (double)entry, position.Highest - (double)entry);
        var (behind, ahead) = direction > 0 ? (lowest, highest) : (-highest, -lowest);
        var size = (double)units;
        var risk = Math.Abs((double)entry - position.Stop) * size;
        return new()
        {
            Ticker = ticker,
            Direction = (TradeDirection)direction,
            Units = units,
            EntryTime = times[position.EntryBar],
            EntryPrice = entry,
            ExitTime = times[fill.Bar],
            ExitPrice = price,
            ExitReason = fill.Reason,
            Fees = fees,
            Dividends = position.Dividends,
            BorrowCost = position.BorrowCost,
            Profit = profit,
            Return = (double)profit / ((double)entry * size),
            StopPrice = NullIfNone(position.Stop),
            TargetPrice = NullIfNone(position.Target),
            RMultiple = NullIfNone((double)profit / risk),
            MaximumAdverseExcursion = Math.Min(0, behind * size),
            MaximumFavourableExcursion = Math.Max(0, ahead * size),
            BarsHeld = fill.Bar - position.EntryBar,
        };
    }

    private static double? NullIfNone(double value) => double.IsNaN(value) ? null : value;
}

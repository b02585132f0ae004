using Trading.Domain.Backtesting;

namespace Trading.Domain.Experiments;

/// <summary>What an account on paper holds, or has ordered, at the last close. Money is in its currency.</summary>
public sealed record PaperPosition
{
    /// <summary>What is held.</summary>
    public required string Ticker { get; init; }

    /// <summary>Long or short.</summary>
    public required TradeDirection Direction { get; init; }

    /// <summary>How many units; above zero for both directions. Of an order, what it would be at the last close.</summary>
    public required decimal Units { get; init; }

    /// <summary>The close of the bar at whose open it was entered; null for an order, which fills at the next open.
    /// </summary>
    public required DateTime? EntryTime { get; init; }

    /// <summary>The price paid or received, slippage included; null for an order.</summary>
    public required decimal? EntryPrice { get; init; }

    /// <summary>The last close.</summary>
    public required double Price { get; init; }

    /// <summary>Units at the last close; above zero for both directions.</summary>
    public required double Value { get; init; }

    /// <summary>What it has gained so far, dividends and borrowing included, fees not; zero for an order.</summary>
    public required double Profit { get; init; }

    /// <summary>Whether it will be left at the next open.</summary>
    public required bool IsLeaving { get; init; }
}

namespace Trading.Domain.Backtesting;

/// <summary>Which way a trade earns.</summary>
public enum TradeDirection
{
    /// <summary>Sold short: it earns when the price falls.</summary>
    Short = -1,

    /// <summary>Bought: it earns when the price rises.</summary>
    Long = 1,
}

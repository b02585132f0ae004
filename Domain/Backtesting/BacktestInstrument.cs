using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting;

/// <summary>An instrument that a backtest trades.</summary>
/// <param name="Ticker">What it is called; unique within the backtest.</param>
/// <param name="History">
/// Its bars, split-adjusted, oldest first. Units are of these prices: an as-traded quantity is never multiplied by an
/// adjusted price.
/// </param>
public sealed record BacktestInstrument(string Ticker, PriceHistory History)
{
    /// <summary>What it paid, per unit of the prices, by ex-date.</summary>
    public IReadOnlyList<CashDividend> Dividends { get; init; } = [];

    /// <summary>Units are traded in multiples of this: 1 for whole shares, 0.00000001 for coins.</summary>
    public decimal UnitStep { get; init; } = 1;
}

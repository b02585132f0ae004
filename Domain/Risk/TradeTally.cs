namespace Trading.Domain.Risk;

/// <summary>Adds up closed trades, one after the other by their exits.</summary>
public struct TradeTally
{
    private int _trades;
    private int _wins;
    private int _losses;
    private int _winningRun;
    private int _losingRun;
    private int _longestWinningRun;
    private int _longestLosingRun;
    private int _risked;
    private double _grossProfit;
    private double _grossLoss;
    private double _largestWin;
    private double _largestLoss;
    private double _bestReturn;
    private double _worstReturn;
    private double _sumR;
    private double _bars;
    private double _adverse;
    private double _favourable;
    private double _fees;

    /// <summary>Adds the next trade.</summary>
    /// <param name="trade">The trade.</param>
    public void Add(in TradeOutcome trade)
    {
        _bestReturn = _trades == 0 ? trade.Return : Math.Max(_bestReturn, trade.Return);
        _worstReturn = _trades == 0 ? trade.Return : Math.Min(_worstReturn, trade.Return);
        _trades++;
        _bars += trade.BarsHeld;
        _adverse += trade.AdverseExcursion;
        _favourable += trade.FavourableExcursion;
        _fees += trade.Fees;
        if (trade.RMultiple is { } multiple)
        {
            _risked++;
            _sumR += multiple;
        }

        Count(trade.Profit);
    }

    /// <summary>The figures so far.</summary>
    public readonly TradeMetrics ToMetrics() => new()
    {
        Trades = _trades,
        Wins = _wins,
        Losses = _losses,
        WinRate = Mean(_wins, _trades),
        NetProfit = _grossProfit + _grossLoss,
        GrossProfit = _grossProfit,
        GrossLoss = _grossLoss,
        ProfitFactor = _losses > 0 ? _grossProfit / -_grossLoss : null,
        Expectancy = Mean(_grossProfit + _grossLoss, _trades),
        ExpectancyR = Mean(_sumR, _risked),
        AverageWin = Mean(_grossProfit, _wins),
        AverageLoss = Mean(_grossLoss, _losses),
        LargestWin = _wins > 0 ? _largestWin : null,
        LargestLoss = _losses > 0 ? _largestLoss : null,
        LongestWinningRun = _longestWinningRun,
        LongestLosingRun = _longestLosingRun,
        BestReturn = _trades > 0 ? _bestReturn : null,
        WorstReturn = _trades > 0 ? _worstReturn : null,
        AverageBarsHeld = Mean(_bars, _trades),
        AverageAdverseExcursion = Mean(_adverse, _trades),
        AverageFavourableExcursion = Mean(_favourable, _trades),
        Fees = _fees,
    };

    private static double? Mean(double sum, int count) => count > 0 ? sum / count : null;

    private void Count(double profit)
    {
        if (profit > 0)
        {
            _wins++;
            _grossProfit += profit;
            _largestWin = Math.Max(_largestWin, profit);
            _longestWinningRun = Math.Max(_longestWinningRun, ++_winningRun);
            _losingRun = 0;
        }
        else if (profit < 0)
        {
            _losses++;
            _grossLoss += profit;
            _largestLoss = Math.Min(_largestLoss, profit);
            _longestLosingRun = Math.Max(_longestLosingRun, ++_losingRun);
            _winningRun = 0;
        }
        else
        {
            (_winningRun, _losingRun) = (0, 0);
        }
    }
}

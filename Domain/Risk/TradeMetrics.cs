namespace Trading.Domain.Risk;

/// <summary>
/// How closed trades did, after fees, in the account's currency unless said otherwise; null where undefined. Each
/// figure's definition is in <see cref="MetricDefinitions"/>.
/// </summary>
public sealed record TradeMetrics
{
    /// <summary>How many there are.</summary>
    public required int Trades { get; init; }

    /// <summary>Those that earned.</summary>
    public required int Wins { get; init; }

    /// <summary>Those that lost; the rest broke even.</summary>
    public required int Losses { get; init; }

    /// <summary>The share that earned; breaking even is no win.</summary>
    public required double? WinRate { get; init; }

    /// <summary>What all earned or lost.</summary>
    public required double NetProfit { get; init; }

    /// <summary>What the winners earned.</summary>
    public required double GrossProfit { get; init; }

    /// <summary>What the losers lost; negative, or zero.</summary>
    public required double GrossLoss { get; init; }

    /// <summary>Gains for losses; a plain number, null without losses.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>The mean profit of a trade.</summary>
    public required double? Expectancy { get; init; }

    /// <summary>The mean profit as a multiple of what was at risk, of the trades that had a stop.</summary>
    public required double? ExpectancyR { get; init; }

    /// <summary>The mean profit of those that earned.</summary>
    public required double? AverageWin { get; init; }

    /// <summary>The mean of those that lost; negative.</summary>
    public required double? AverageLoss { get; init; }

    /// <summary>The largest profit.</summary>
    public required double? LargestWin { get; init; }

    /// <summary>The largest loss; negative.</summary>
    public required double? LargestLoss { get; init; }

    /// <summary>The most trades in a row that earned.</summary>
    public required int LongestWinningRun { get; init; }

    /// <summary>The most in a row that lost.</summary>
    public required int LongestLosingRun { get; init; }

    /// <summary>The best return of a trade, as a fraction of its value at entry.</summary>
    public required double? BestReturn { get; init; }

    /// <summary>The worst.</summary>
    public required double? WorstReturn { get; init; }

    /// <summary>The mean number of bars held.</summary>
    public required double? AverageBarsHeld { get; init; }

    /// <summary>The mean of how far behind trades were at worst; negative, or zero.</summary>
    public required double? AverageAdverseExcursion { get; init; }

    /// <summary>The mean of how far ahead they were at best.</summary>
    public required double? AverageFavourableExcursion { get; init; }

    /// <summary>All fees.</summary>
    public required double Fees { get; init; }
}

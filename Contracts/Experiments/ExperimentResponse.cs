using System.Text.Json.Serialization;

namespace Trading.Contracts;

/// <summary>An experiment: what is compared, and how the arms stand.</summary>
public sealed record ExperimentResponse
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string? Name { get; init; }

    /// <summary><c>running</c>, <c>completed</c>, <c>stopped</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The tickers.</summary>
    public required IReadOnlyList<string> Instruments { get; init; }

    /// <summary>The bars' interval.</summary>
    public required string Interval { get; init; }

    /// <summary>What each account started with.</summary>
    public required decimal Cash { get; init; }

    /// <summary>What trading costs.</summary>
    public required BacktestCosts Costs { get; init; }

    /// <summary>How many bars it lasts.</summary>
    public required int Horizon { get; init; }

    /// <summary>How many bars have counted so far.</summary>
    public required int Bars { get; init; }

    /// <summary>How likely any arm that is as good as the control is called different, ever.</summary>
    public required double ErrorRate { get; init; }

    /// <summary>How many bars there are before a verdict can fall.</summary>
    public required int LeastBars { get; init; }

    /// <summary>When it began, UTC: nothing that closed before counts.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>The first bar that counts closes then or later, UTC: it opened after the beginning.</summary>
    public required DateTime CountsFrom { get; init; }

    /// <summary>The close of the last bar that counted, UTC.</summary>
    public DateTime? LastTime { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTime? FinishedAt { get; init; }

    /// <summary>
    /// How often prices of bars that had counted were corrected later; the points of them stay as they were.
    /// </summary>
    public required int Revisions { get; init; }

    /// <summary>The arms, the control first.</summary>
    public required IReadOnlyList<ExperimentArmResponse> Arms { get; init; }

    /// <summary>True once nothing changes any more.</summary>
    [JsonIgnore]
    public bool IsOver => State != "running";
}

/// <summary>How an arm stands; before the first bar that counts, at its beginning.</summary>
public sealed record ExperimentArmResponse
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The strategy's name, with its version where it has one.</summary>
    public required string Strategy { get; init; }

    /// <summary>A saved strategy's id.</summary>
    public Guid? StrategyId { get; init; }

    /// <summary>A saved strategy's version.</summary>
    public int? StrategyVersion { get; init; }

    /// <summary>The text that runs; null for a built-in strategy.</summary>
    public string? Source { get; init; }

    /// <summary>The values that parameters were given; the others have their default.</summary>
    public required IReadOnlyDictionary<string, double> Arguments { get; init; }

    /// <summary>What the account on paper is worth.</summary>
    public required double Equity { get; init; }

    /// <summary>Since the beginning, a fraction.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>A negative fraction.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>What is invested as a fraction of equity.</summary>
    public required double Exposure { get; init; }

    /// <summary>Closed trades.</summary>
    public required int Trades { get; init; }

    /// <summary>The fraction of them with a profit after fees; null without any.</summary>
    public double? WinRate { get; init; }

    /// <summary>What is held, and what is ordered for the next open.</summary>
    public required IReadOnlyList<PaperPositionResponse> Positions { get; init; }

    /// <summary>The newest closed trades, newest first, at most 20.</summary>
    public required IReadOnlyList<TradeResponse> NewestTrades { get; init; }

    /// <summary>When the account had nothing left, UTC.</summary>
    public DateTime? LiquidatedAt { get; init; }

    /// <summary>What the test says of it against the control; null for the control.</summary>
    public ExperimentTestResponse? Test { get; init; }
}

/// <summary>What the sequential test says of an arm against the control; it may be looked at any time.</summary>
public sealed record ExperimentTestResponse
{
    /// <summary>The mean difference of return a bar, the arm's less the control's.</summary>
    public required double Mean { get; init; }

    /// <summary>The lower end of its confidence sequence; null while too little is known.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end.</summary>
    public double? High { get; init; }

    /// <summary>The anytime-valid p-value, of this arm alone; null while too little is known.</summary>
    public double? PValue { get; init; }

    /// <summary>
    /// How many bars the difference rests on, less than their number where few large ones make it up; too little is
    /// known below <see cref="LeastEffectiveBars"/>.
    /// </summary>
    public required double EffectiveBars { get; init; }

    /// <summary>How many of those there are before a verdict can fall.</summary>
    public required int LeastEffectiveBars { get; init; }

    /// <summary><c>undecided</c>, <c>better</c> or <c>worse</c>; once it fell it stands.</summary>
    public required string Verdict { get; init; }

    /// <summary>After how many bars it fell.</summary>
    public int? DecidedAt { get; init; }
}

/// <summary>What an account on paper holds, or has ordered; money is in its currency.</summary>
public sealed record PaperPositionResponse
{
    /// <summary>What is held.</summary>
    public required string Ticker { get; init; }

    /// <summary><c>long</c> or <c>short</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Units of the split-adjusted prices; of an order, what it would be at the last close.</summary>
    public required decimal Units { get; init; }

    /// <summary>The close of the bar at whose open it was entered, UTC; null for an order for the next open.</summary>
    public DateTime? EntryTime { get; init; }

    /// <summary>The price paid or received; null for an order.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>The last close.</summary>
    public required double Price { get; init; }

    /// <summary>Units at the last close.</summary>
    public required double Value { get; init; }

    /// <summary>What it has gained so far, fees not counted.</summary>
    public required double Profit { get; init; }

    /// <summary>Whether it will be left at the next open.</summary>
    public required bool IsLeaving { get; init; }
}

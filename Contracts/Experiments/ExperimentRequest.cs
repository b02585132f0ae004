namespace Trading.Contracts;

/// <summary>Strategies to run side by side on paper, from now on; what is null has its default.</summary>
public sealed record ExperimentRequest
{
    /// <summary>What to call it.</summary>
    public string? Name { get; init; }

    /// <summary>2 to 6 strategies; the first is the control that the others are compared with.</summary>
    public IReadOnlyList<ExperimentArmRequest>? Arms { get; init; }

    /// <summary>Tickers, 1 to 20, traded by every arm.</summary>
    public IReadOnlyList<string>? Instruments { get; init; }

    /// <summary><c>1m</c>, <c>5m</c>, <c>15m</c>, <c>1h</c> or <c>1d</c>; 1d if not given.</summary>
    public string? Interval { get; init; }

    /// <summary>What each account starts with; 100,000 if not given.</summary>
    public decimal? Cash { get; init; }

    /// <summary>What trading costs; 0.1 % fee and 0.05 % slippage if not given.</summary>
    public BacktestCosts? Costs { get; init; }

    /// <summary>False where nothing may be sold short; true if not given.</summary>
    public bool? AllowShort { get; init; }

    /// <summary>Takes the place of the strategies' own sizing.</summary>
    public BacktestSize? Size { get; init; }

    /// <summary>How many bars it lasts, 200 to 20,000; 1,000 if not given.</summary>
    public int? Horizon { get; init; }

    /// <summary>
    /// How likely any arm that is as good as the control may be called different, ever: 0.001 to 0.2; 0.05 if not given.
    /// </summary>
    public double? ErrorRate { get; init; }
}

/// <summary>One of the strategies; it is one of <see cref="Strategy"/>, <see cref="StrategyId"/> and
/// <see cref="Source"/>.</summary>
public sealed record ExperimentArmRequest
{
    /// <summary>What to call it; the strategy's name if not given.</summary>
    public string? Name { get; init; }

    /// <summary>A built-in strategy's name, such as <c>ma_cross</c>.</summary>
    public string? Strategy { get; init; }

    /// <summary>A saved strategy of one's own, or one that was shared.</summary>
    public Guid? StrategyId { get; init; }

    /// <summary>Which of its versions; the newest if not given.</summary>
    public int? StrategyVersion { get; init; }

    /// <summary>A strategy's text, in the strategy language.</summary>
    public string? Source { get; init; }

    /// <summary>Values of the strategy's parameters by their names; those not named have their default.</summary>
    public IReadOnlyDictionary<string, double>? Arguments { get; init; }
}

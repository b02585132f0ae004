namespace Trading.Contracts;

/// <summary>What to backtest. The strategy is one of <see cref="Strategy"/>, <see cref="StrategyId"/> and
/// <see cref="Source"/>; what is null has its default.</summary>
public sealed record BacktestRequest
{
    /// <summary>What to call it.</summary>
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

    /// <summary>Tickers, 1 to 500.</summary>
    public IReadOnlyList<string>? Instruments { get; init; }

    /// <summary><c>1m</c>, <c>5m</c>, <c>15m</c>, <c>1h</c> or <c>1d</c>; 1d if not given.</summary>
    public string? Interval { get; init; }

    /// <summary>The first day (<c>2020-01-02</c>); five years before the last if not given.</summary>
    public string? From { get; init; }

    /// <summary>The last day, itself included; today if not given. Bars that have not closed yet are left out.</summary>
    public string? To { get; init; }

    /// <summary>What the account starts with; 100,000 if not given.</summary>
    public decimal? Cash { get; init; }

    /// <summary>What trading costs; 0.1 % fee and 0.05 % slippage if not given.</summary>
    public BacktestCosts? Costs { get; init; }

    /// <summary>False where nothing may be sold short; true if not given.</summary>
    public bool? AllowShort { get; init; }

    /// <summary>Takes the place of the strategy's own sizing.</summary>
    public BacktestSize? Size { get; init; }

    /// <summary>A ticker to compare with; holding all instruments in equal parts if not given.</summary>
    public string? Benchmark { get; init; }

    /// <summary>The risk-free rate a year, 0.02 for 2 %; 0 if not given.</summary>
    public double? RiskFreeRate { get; init; }

    /// <summary>How often returns are drawn anew for the intervals, 100 to 10,000, or 0 for none; 1,000 if not given.
    /// </summary>
    public int? BootstrapSamples { get; init; }

    /// <summary>Fixes all random numbers; 1 if not given.</summary>
    public long? Seed { get; init; }

    /// <summary>Tries many values of parameters, walking forward; one run if not given.</summary>
    public BacktestSweep? Sweep { get; init; }
}

/// <summary>What trading costs in a backtest.</summary>
/// <param name="FeeRate">A fraction of each fill's value; 0.001 is 0.1 %.</param>
/// <param name="FeePerOrder">Currency for each fill on top.</param>
/// <param name="SlippageRate">How much worse than the bar's price market orders and stops fill, as a fraction.</param>
/// <param name="BorrowRate">What borrowing units sold short costs a year, as a fraction of their value.</param>
public sealed record BacktestCosts(
    decimal? FeeRate = null, decimal? FeePerOrder = null, decimal? SlippageRate = null, decimal? BorrowRate = null);

/// <summary>How large positions are.</summary>
/// <param name="Rule"><c>equity</c>, <c>risk</c>, <c>cash</c> or <c>units</c>.</param>
/// <param name="Amount">A fraction of equity for the first two; currency; units.</param>
public sealed record BacktestSize(string? Rule, double? Amount);

/// <summary>Which values of parameters a sweep tries, and how it is held to data that it has not seen.</summary>
/// <param name="Axes">The parameters that vary, 1 to 8.</param>
/// <param name="Trials">Points of the grid to draw at random; the whole grid if not given.</param>
/// <param name="Objective"><c>sharpe</c>, <c>sortino</c>, <c>calmar</c> or <c>total_return</c>; sharpe if not given.</param>
/// <param name="Windows">Steps of walking forward, 1 to 50; 5 if not given.</param>
/// <param name="TrainToTest">How many times longer it chooses than it tries, 1 to 20; 3 if not given.</param>
public sealed record BacktestSweep(
    IReadOnlyList<BacktestAxis>? Axes,
    int? Trials = null,
    string? Objective = null,
    int? Windows = null,
    double? TrainToTest = null);

/// <summary>The values that a sweep tries of one parameter.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="From">The lowest value.</param>
/// <param name="To">The highest value.</param>
/// <param name="Step">The distance of neighbours, above zero.</param>
public sealed record BacktestAxis(string? Name, double? From, double? To, double? Step);

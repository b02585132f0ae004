namespace Trading.Contracts;

/// <summary>A backtest: how it is, and its main figures once it is done.</summary>
public record BacktestSummaryResponse
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string? Name { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>How far it is; null before it runs and after.</summary>
    public BacktestProgress? Progress { get; init; }

    /// <summary>The strategy's name, with its version where it has one.</summary>
    public required string Strategy { get; init; }

    /// <summary>A saved strategy's id.</summary>
    public Guid? StrategyId { get; init; }

    /// <summary>A saved strategy's version.</summary>
    public int? StrategyVersion { get; init; }

    /// <summary>The values that parameters were given; the others had their default.</summary>
    public required IReadOnlyDictionary<string, double> Arguments { get; init; }

    /// <summary>The tickers.</summary>
    public required IReadOnlyList<string> Instruments { get; init; }

    /// <summary>The bars' interval.</summary>
    public required string Interval { get; init; }

    /// <summary>The first bar closes then or later, UTC.</summary>
    public required DateTime From { get; init; }

    /// <summary>The last bar closes then or earlier, UTC.</summary>
    public required DateTime To { get; init; }

    /// <summary>Combinations of parameters; 1 where it is no sweep.</summary>
    public required int Trials { get; init; }

    /// <summary>The main figures; of a sweep, out of sample. Null until it has succeeded.</summary>
    public BacktestFigures? Figures { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When a worker began, UTC.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTime? FinishedAt { get; init; }

    /// <summary>True once nothing changes any more.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOver => State is not ("queued" or "running");
}

/// <summary>A backtest with what came of it.</summary>
public sealed record BacktestResponse : BacktestSummaryResponse
{
    /// <summary>
    /// All that was asked for, defaults filled in: sent again over the same data, to the same program, it gives the same
    /// figures.
    /// </summary>
    public required BacktestRequest Request { get; init; }

    /// <summary>What came of it; null until it has succeeded.</summary>
    public BacktestResult? Result { get; init; }
}

/// <summary>How far a backtest is.</summary>
/// <param name="Done">Trials done.</param>
/// <param name="Total">All trials.</param>
/// <param name="Rate">Done a second; null where not known yet.</param>
/// <param name="SecondsLeft">What the rest takes at this rate; null where not known yet.</param>
public sealed record BacktestProgress(long Done, long Total, double? Rate, double? SecondsLeft);

/// <summary>The main figures of a backtest; each is defined at <c>/api/v1/backtests/definitions</c>.</summary>
/// <param name="TotalReturn">A fraction.</param>
/// <param name="Cagr">A fraction a year; null where undefined.</param>
/// <param name="Volatility">A fraction a year; null where undefined.</param>
/// <param name="Sharpe">A plain number; null where undefined.</param>
/// <param name="MaxDrawdown">A negative fraction.</param>
/// <param name="WinRate">A fraction; null without trades.</param>
/// <param name="ProfitFactor">A plain number; null without losses.</param>
/// <param name="Trades">Closed trades.</param>
/// <param name="DeflatedSharpe">Of a sweep: a probability; null where undefined.</param>
/// <param name="LooksAhead">True where the strategy was seen to read prices of later bars: believe nothing of it.</param>
/// <param name="Bars">Bars that counted.</param>
/// <param name="DurationMs">How long it took.</param>
public sealed record BacktestFigures(
    double? TotalReturn,
    double? Cagr,
    double? Volatility,
    double? Sharpe,
    double? MaxDrawdown,
    double? WinRate,
    double? ProfitFactor,
    int Trades,
    double? DeflatedSharpe,
    bool LooksAhead,
    long Bars,
    double DurationMs);

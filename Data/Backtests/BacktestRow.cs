namespace Trading.Data.Backtests;

/// <summary>A backtest as a list shows it.</summary>
public sealed record BacktestRow
{
    public required Guid Id { get; init; }

    public required string? Name { get; init; }

    public required string Strategy { get; init; }

    public required BacktestSpec Spec { get; init; }

    /// <summary>One of <see cref="Jobs.JobState"/>.</summary>
    public required string State { get; init; }

    public required string? Error { get; init; }

    public required long Done { get; init; }

    public required long Total { get; init; }

    public required StoredFigures? Figures { get; init; }

    public required int TrialCount { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime? StartedAt { get; init; }

    public required DateTime? FinishedAt { get; init; }
}

/// <summary>The main figures of a result.</summary>
public sealed record StoredFigures(
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

/// <summary>A result as it is stored: figures for lists, and JSON, compressed.</summary>
public sealed record StoredResult(StoredFigures Figures, byte[] Result, byte[] Equity, byte[] Trades);

/// <summary>Which of the parts of a result.</summary>
public enum BacktestPart
{
    Result,
    Equity,
    Trades,
}

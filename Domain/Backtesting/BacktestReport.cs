using Trading.Domain.Risk;

namespace Trading.Domain.Backtesting;

/// <summary>The result of a backtest.</summary>
public sealed record BacktestReport
{
    /// <summary>What it was computed from.</summary>
    public required BacktestStamp Stamp { get; init; }

    /// <summary>How it was run.</summary>
    public required BacktestSettings Settings { get; init; }

    /// <summary>Bars of all instruments that counted.</summary>
    public required long Bars { get; init; }

    /// <summary>What the account was worth.</summary>
    public required EquitySeries Equity { get; init; }

    /// <summary>All trades by their exit, those of one time in the instruments' order.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>How the account did.</summary>
    public required PerformanceMetrics Performance { get; init; }

    /// <summary>How its trades did.</summary>
    public required TradeMetrics TradeMetrics { get; init; }

    /// <summary>How it stands against holding; null where it was compared with nothing.</summary>
    public required BenchmarkComparison? Benchmark { get; init; }

    /// <summary>The deepest drawdowns, deepest first, at most ten.</summary>
    public required IReadOnlyList<Drawdown> Drawdowns { get; init; }

    /// <summary>The return of every month, oldest first.</summary>
    public required IReadOnlyList<MonthlyReturn> Months { get; init; }

    /// <summary>How sure the main figures are; empty where none were asked for or too few days are known.</summary>
    public required IReadOnlyList<ConfidenceInterval> Intervals { get; init; }

    /// <summary>Entries made smaller because the account could not pay them in full.</summary>
    public required int ReducedEntries { get; init; }

    /// <summary>Entries not made: not one unit could be paid, or a size by risk lacked its stop.</summary>
    public required int RefusedEntries { get; init; }

    /// <summary>When the account had nothing left and was closed; null where it never was.</summary>
    public required DateTime? LiquidatedAt { get; init; }
}

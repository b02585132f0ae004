using Trading.Domain.Backtesting;
using Trading.Domain.Risk;

namespace Trading.Data.Backtests;

/// <summary>A result without its long columns, as it is stored and shown.</summary>
internal sealed record ResultDocument
{
    public required StampDocument Stamp { get; init; }

    public required BacktestSettings Settings { get; init; }

    public required long Bars { get; init; }

    public required PerformanceMetrics Performance { get; init; }

    public required TradeMetrics TradeMetrics { get; init; }

    /// <summary>Without the benchmark's equity, which is with the account's.</summary>
    public required BenchmarkComparison? Benchmark { get; init; }

    public required IReadOnlyList<Drawdown> Drawdowns { get; init; }

    public required IReadOnlyList<MonthlyReturn> Months { get; init; }

    public required IReadOnlyList<ConfidenceInterval> Intervals { get; init; }

    public required int ReducedEntries { get; init; }

    public required int RefusedEntries { get; init; }

    public required DateTime? LiquidatedAt { get; init; }

    public required SweepDocument? Sweep { get; init; }

    public static ResultDocument Of(BacktestReport report, SweepDocument? sweep, StampDocument stamp) => new()
    {
        Stamp = stamp,
        Settings = report.Settings,
        Bars = report.Bars,
        Performance = report.Performance,
        TradeMetrics = report.TradeMetrics,
        Benchmark = report.Benchmark is { } benchmark ? benchmark with { Equity = [] } : null,
        Drawdowns = report.Drawdowns,
        Months = report.Months,
        Intervals = report.Intervals,
        ReducedEntries = report.ReducedEntries,
        RefusedEntries = report.RefusedEntries,
        LiquidatedAt = report.LiquidatedAt,
        Sweep = sweep,
    };
}

/// <summary>What a result was computed from.</summary>
internal sealed record StampDocument(
    string DataVersion,
    string CodeVersion,
    string Strategy,
    IReadOnlyDictionary<string, double> Arguments,
    UniverseKind Universe,
    LookAheadDocument LookAhead,
    bool Synthetic,
    int SplitsApplied,
    int SplitsFound,
    IReadOnlyList<string> Missing);

/// <summary>Whether a strategy decides otherwise when later bars are cut off.</summary>
internal sealed record LookAheadDocument(bool Passed, int Prefixes, string? Detail);

/// <summary>The account's worth, as columns.</summary>
internal sealed record EquityDocument(
    double Initial,
    ReadOnlyMemory<DateTime> Times,
    ReadOnlyMemory<double> Equity,
    IReadOnlyList<double> Drawdown,
    IReadOnlyList<double> Exposure,
    IReadOnlyList<double>? Benchmark)
{
    public static EquityDocument Of(BacktestReport report) => new(
        report.Equity.Initial,
        report.Equity.Times,
        report.Equity.Equity,
        report.Equity.Drawdown(),
        report.Equity.Exposure(),
        report.Benchmark?.Equity);
}

namespace Trading.Domain.Backtesting;

/// <summary>What a backtest is run over; the strategy comes beside it.</summary>
public sealed record BacktestInput
{
    /// <summary>What is traded, in the order in which entries of one moment are paid.</summary>
    public required IReadOnlyList<BacktestInstrument> Instruments { get; init; }

    /// <summary>How it is run.</summary>
    public required BacktestSettings Settings { get; init; }

    /// <summary>What it is compared with; null for nothing.</summary>
    public required BacktestBenchmark? Benchmark { get; init; }

    /// <summary>What the report is stamped with.</summary>
    public required BacktestStamp Stamp { get; init; }
}

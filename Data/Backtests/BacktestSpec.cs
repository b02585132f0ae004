using Trading.Domain.Backtesting;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Strategies;

namespace Trading.Data.Backtests;

/// <summary>All that a backtest is run with, settled when it was asked for: whoever runs it comes to the same.</summary>
public sealed record BacktestSpec
{
    /// <summary>A built-in strategy's name, or what one's own is called.</summary>
    public required string Strategy { get; init; }

    /// <summary>The text of one's own strategy, as it was then; null for a built-in one.</summary>
    public string? Source { get; init; }

    public Guid? StrategyId { get; init; }

    public int? StrategyVersion { get; init; }

    /// <summary>Values of parameters; those not named have their default.</summary>
    public required IReadOnlyDictionary<string, double> Arguments { get; init; }

    public required IReadOnlyList<SpecInstrument> Instruments { get; init; }

    /// <summary>The code of the bars' interval.</summary>
    public required string Interval { get; init; }

    /// <summary>The first bar that counts closes then or later.</summary>
    public required DateTime From { get; init; }

    /// <summary>The last bar closes then or earlier.</summary>
    public required DateTime To { get; init; }

    public required BacktestSettings Settings { get; init; }

    /// <summary>Takes the place of the strategy's own rule; null leaves it.</summary>
    public PositionSize? Size { get; init; }

    /// <summary>What it is compared with; null for all its instruments in equal parts.</summary>
    public SpecInstrument? Benchmark { get; init; }

    /// <summary>Null for one run.</summary>
    public SweepSettings? Sweep { get; init; }

    /// <summary>The strategy's name with its version.</summary>
    public string Label => StrategyVersion is { } version ? $"{Strategy} v{version}" : Strategy;
}

/// <summary>An instrument as a backtest needs it.</summary>
public sealed record SpecInstrument(int Id, string Ticker, string Exchange, bool Synthetic);

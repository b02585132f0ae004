using Trading.Data.Backtests;
using Trading.Domain.Backtesting;
using Trading.Domain.Strategies;

namespace Trading.Data.Experiments;

/// <summary>All that an experiment is run with, settled when it began.</summary>
public sealed record ExperimentSpec
{
    /// <summary>What is compared, the control first; all over the same instruments and with the same money.</summary>
    public required IReadOnlyList<ExperimentArm> Arms { get; init; }

    public required IReadOnlyList<SpecInstrument> Instruments { get; init; }

    /// <summary>The code of the bars' interval.</summary>
    public required string Interval { get; init; }

    /// <summary>
    /// How it is run. The first bar that counts closes at <see cref="BacktestSettings.From"/> or later: so late that it
    /// opened after the experiment began.
    /// </summary>
    public required BacktestSettings Settings { get; init; }

    /// <summary>Takes the place of the strategies' own rules; null leaves them.</summary>
    public PositionSize? Size { get; init; }

    /// <summary>The close of the first bar that indicators see. Fixed, as they depend on where a history starts.</summary>
    public required DateTime WarmFrom { get; init; }

    /// <summary>How many bars it lasts.</summary>
    public required int Horizon { get; init; }

    /// <summary>How likely any arm that is as good as the control is called different, ever.</summary>
    public required double ErrorRate { get; init; }

    /// <summary>What is read as for a backtest: the bars from the first that indicators see.</summary>
    internal BacktestSpec Reading(DateTime to) => new()
    {
        Strategy = Arms[0].Strategy,
        Arguments = Arms[0].Arguments,
        Instruments = Instruments,
        Interval = Interval,
        From = WarmFrom,
        To = to,
        Settings = Settings,
    };
}

/// <summary>One of the strategies that are compared.</summary>
public sealed record ExperimentArm
{
    /// <summary>What it is called; unique within the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>A built-in strategy's name, or what one's own is called.</summary>
    public required string Strategy { get; init; }

    /// <summary>The text of one's own strategy, as it was then; null for a built-in one.</summary>
    public string? Source { get; init; }

    public Guid? StrategyId { get; init; }

    public int? StrategyVersion { get; init; }

    /// <summary>Values of parameters; those not named have their default.</summary>
    public required IReadOnlyDictionary<string, double> Arguments { get; init; }

    /// <summary>The strategy's name with its version.</summary>
    public string Label => StrategyVersion is { } version ? $"{Strategy} v{version}" : Strategy;

    /// <summary>A value for each of the strategy's parameters, in their order.</summary>
    internal double[] ArgumentsOf(ITradingStrategy strategy) =>
        [.. strategy.Parameters.Select(parameter => Arguments.GetValueOrDefault(parameter.Name, parameter.Default))];
}

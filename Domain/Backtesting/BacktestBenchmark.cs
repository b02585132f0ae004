namespace Trading.Domain.Backtesting;

/// <summary>What a backtest is compared with: buying at the first close and holding, without costs.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Instruments">
/// What is held, each with the same amount at the start; dividends are held as cash.
/// </param>
public sealed record BacktestBenchmark(string Name, IReadOnlyList<BacktestInstrument> Instruments)
{
    /// <summary>Holding one instrument.</summary>
    /// <param name="instrument">The instrument.</param>
    public static BacktestBenchmark Hold(BacktestInstrument instrument) => new(instrument.Ticker, [instrument]);

    /// <summary>Holding all of some instruments in equal parts.</summary>
    /// <param name="instruments">The instruments.</param>
    public static BacktestBenchmark EqualWeight(IReadOnlyList<BacktestInstrument> instruments) =>
        instruments is [var only] ? Hold(only) : new("equal weight", instruments);
}

using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting;

/// <summary>
/// Runs a strategy over past prices with one cash account. Decisions of a bar's close are filled at the next open; how
/// is said in docs/backtesting.md. The same input gives the same report, bit for bit.
/// </summary>
public static class BacktestEngine
{
    /// <summary>Lets a strategy decide over each instrument, and does what it says.</summary>
    /// <param name="input">What it is run over.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="arguments">A value for each of its parameters, in their order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">
    /// A setting or an argument is not allowed, no bar counts, or a price to be filled at is none.
    /// </exception>
    public static BacktestReport Run(
        BacktestInput input,
        ITradingStrategy strategy,
        ReadOnlySpan<double> arguments,
        CancellationToken cancellationToken)
    {
        var decisions = new StrategyDecisions[input.Instruments.Count];
        for (var index = 0; index < decisions.Length; index++)
        {
            decisions[index] = strategy.Decide(input.Instruments[index].History, arguments, cancellationToken);
        }

        return Run(input, decisions, cancellationToken);
    }

    /// <summary>Does what was decided.</summary>
    /// <param name="input">What it is run over.</param>
    /// <param name="decisions">What was decided over each instrument, in their order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">
    /// A setting is not allowed, no bar counts, decisions do not fit their bars, or a price to be filled at is none.
    /// </exception>
    public static BacktestReport Run(
        BacktestInput input, IReadOnlyList<StrategyDecisions> decisions, CancellationToken cancellationToken)
    {
        input.Settings.Validate();
        var run = RunAccount(input.Instruments, decisions, input.Settings, new(), cancellationToken);
        return BacktestJudge.Report(input, run);
    }

    internal static RunResult RunAccount(
        IReadOnlyList<BacktestInstrument> instruments,
        IReadOnlyList<StrategyDecisions> decisions,
        BacktestSettings settings,
        RunBuffers buffers,
        CancellationToken cancellationToken)
    {
        Check(instruments, decisions);
        cancellationToken.ThrowIfCancellationRequested();
        var run = SingleRun.Fits(instruments, settings)
            ? SingleRun.Run(instruments[0], decisions[0], settings, buffers)
            : PortfolioRun.Run(instruments, decisions, settings, buffers, cancellationToken);
        return run.Times.IsEmpty
            ? throw new ArgumentException("No bar counts: the prices end before the first bar that is to be traded.")
            : run;
    }

    private static void Check(
        IReadOnlyList<BacktestInstrument> instruments, IReadOnlyList<StrategyDecisions> decisions)
    {
        if (instruments.Count == 0 || instruments.Count != decisions.Count)
        {
            throw new ArgumentException("A backtest needs an instrument, and decisions for each.");
        }

        for (var index = 0; index < decisions.Count; index++)
        {
            var (bars, decided) = (instruments[index].History.Count, decisions[index]);
            if (decided.Actions.Length != bars
                || (!decided.StopDistance.IsEmpty && decided.StopDistance.Length != bars)
                || (!decided.TargetDistance.IsEmpty && decided.TargetDistance.Length != bars))
            {
                throw new ArgumentException(
                    $"{instruments[index].Ticker} has {bars} bars; decisions need a value for each.");
            }

            if (decided.ExpiryBars < 0 || !(instruments[index].UnitStep > 0))
            {
                throw new ArgumentException("Bars to expiry must not be negative, and unit steps must be above 0.");
            }
        }
    }
}

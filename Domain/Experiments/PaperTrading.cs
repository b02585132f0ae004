using Trading.Domain.Backtesting;
using Trading.Domain.Strategies;

namespace Trading.Domain.Experiments;

/// <summary>
/// Runs a strategy on paper: as a backtest does, but nothing ends with the last bar. What is held stays held, and what
/// a bar came to is never changed by a bar after it, so that an account can be followed as bars close.
/// </summary>
/// <remarks>
/// One more bar, of the last close alone, stands for the one that is still open: the engine closes what is held within
/// it, and it is left out of the result.
/// </remarks>
public static class PaperTrading
{
    private const int MostOpenBars = 1;

    /// <summary>Lets a strategy decide over the bars known so far, and does what it says.</summary>
    /// <param name="instruments">What is traded, in the order in which entries of one moment are paid.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="arguments">A value for each of its parameters, in their order.</param>
    /// <param name="settings">How it is run; <see cref="BacktestSettings.From"/> says which bars count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account; without any point where no bar counts yet.</returns>
    /// <exception cref="ArgumentException">
    /// A setting or an argument is not allowed, there is no instrument, or a price to be filled at is none.
    /// </exception>
    public static PaperAccount Run(
        IReadOnlyList<BacktestInstrument> instruments,
        ITradingStrategy strategy,
        ReadOnlySpan<double> arguments,
        BacktestSettings settings,
        CancellationToken cancellationToken)
    {
        var decisions = new StrategyDecisions[instruments.Count];
        for (var index = 0; index < decisions.Length; index++)
        {
            decisions[index] = strategy.Decide(instruments[index].History, arguments, cancellationToken);
        }

        return Run(instruments, decisions, settings, cancellationToken);
    }

    /// <summary>Does what was decided.</summary>
    /// <param name="instruments">What is traded; each has a bar.</param>
    /// <param name="decisions">What was decided over each instrument, in their order.</param>
    /// <param name="settings">How it is run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account; without any point where no bar counts yet.</returns>
    /// <exception cref="ArgumentException">
    /// A setting is not allowed, there is no instrument, one has no bar, decisions do not fit their bars, or a price to
    /// be filled at is none.
    /// </exception>
    public static PaperAccount Run(
        IReadOnlyList<BacktestInstrument> instruments,
        IReadOnlyList<StrategyDecisions> decisions,
        BacktestSettings settings,
        CancellationToken cancellationToken)
    {
        settings.Validate();
        if (instruments.Count == 0 || instruments.Any(each => each.History.Count == 0))
        {
            throw new ArgumentException("An account on paper needs an instrument, and a bar of each.");
        }

        var last = instruments.Max(each => each.History.Times.Span[^1]);
        if (last < settings.From)
        {
            return PaperAccount.Empty;
        }

        var open = last.AddTicks(1);
        BacktestInstrument[] traded =
            [.. instruments.Select(each => each with { History = Extend(each.History, open) })];
        var run = BacktestEngine.RunAccount(
            traded,
            [.. decisions.Select(Extend)],
            settings with { LastBar = LastBarFill.Close },
            new(),
            cancellationToken);
        return AccountOf(run, traded.ToDictionary(each => each.Ticker, each => each.History.Close.Span[^1]), open);
    }

    /// <summary>The return of a bar; zero where the account had nothing left before it.</summary>
    /// <param name="before">The equity at the close before.</param>
    /// <param name="after">The equity at its close.</param>
    public static double Return(double before, double after) => before > 0 ? (after / before) - 1 : 0;

    private static PriceHistory Extend(PriceHistory history, DateTime time)
    {
        var close = history.Close.Span[^1];
        return new(
            Append(history.Times, time),
            Append(history.Open, close),
            Append(history.High, close),
            Append(history.Low, close),
            Append(history.Close, close),
            Append(history.Volume, 0));
    }

    private static StrategyDecisions Extend(StrategyDecisions decisions) => new()
    {
        Actions = Append(decisions.Actions, StrategyAction.None),
        StopDistance = decisions.StopDistance.IsEmpty ? default : Append(decisions.StopDistance, double.NaN),
        TargetDistance = decisions.TargetDistance.IsEmpty ? default : Append(decisions.TargetDistance, double.NaN),
        ExpiryBars = decisions.ExpiryBars,
        Size = decisions.Size,
    };

    private static T[] Append<T>(ReadOnlyMemory<T> column, T value)
    {
        var longer = new T[column.Length + MostOpenBars];
        column.CopyTo(longer);
        longer[^1] = value;
        return longer;
    }

    private static PaperAccount AccountOf(RunResult run, Dictionary<string, double> prices, DateTime open)
    {
        var count = run.Times.Length - MostOpenBars;
        return new()
        {
            Times = run.Times[..count],
            Equity = run.Equity[..count],
            Invested = run.Invested[..count],
            Trades = [.. run.Trades.Where(trade => trade.ExitTime < open)],
            Positions =
            [
                .. run.Trades.Where(trade => trade.ExitTime == open)
                    .Select(trade => PositionOf(trade, prices[trade.Ticker], open)),
            ],
            LiquidatedAt = run.LiquidatedAt < open ? run.LiquidatedAt : null,
        };
    }

    private static PaperPosition PositionOf(Trade trade, double price, DateTime open)
    {
        var isOrder = trade.EntryTime == open;
        return new()
        {
            Ticker = trade.Ticker,
            Direction = trade.Direction,
            Units = trade.Units,
            EntryTime = isOrder ? null : trade.EntryTime,
            EntryPrice = isOrder ? null : trade.EntryPrice,
            Price = price,
            Value = (double)trade.Units * price,
            Profit = isOrder ? 0 : ((int)trade.Direction * (double)trade.Units * (price - (double)trade.EntryPrice))
                + (double)(trade.Dividends - trade.BorrowCost),
            IsLeaving = !isOrder && trade.ExitReason is (ExitReason.Signal or ExitReason.Reversal),
        };
    }
}

using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting;

/// <summary>
/// The account with one instrument that pays and costs nothing while held. Goes from action to action, and past the
/// bars between in simple loops; the same as <see cref="PortfolioRun"/>, bit for bit.
/// </summary>
internal ref struct SingleRun
{
    private readonly BacktestInstrument _instrument;
    private readonly BacktestSettings _settings;
    private readonly EntrySizing _sizing;
    private readonly ActionRules _rules;
    private readonly Ledger _ledger;
    private readonly ReadOnlySpan<DateTime> _times;
    private readonly ReadOnlySpan<double> _open;
    private readonly ReadOnlySpan<double> _high;
    private readonly ReadOnlySpan<double> _low;
    private readonly ReadOnlySpan<double> _close;
    private readonly ReadOnlySpan<StrategyAction> _actions;
    private readonly ReadOnlySpan<double> _stops;
    private readonly ReadOnlySpan<double> _targets;
    private readonly Span<double> _equity;
    private readonly Span<double> _invested;
    private readonly int _first;
    private readonly int _bars;
    private OpenPosition _position = new();
    private int _heldBars;
    private int _liquidatedAt = -1;

    private SingleRun(
        BacktestInstrument instrument,
        StrategyDecisions decisions,
        BacktestSettings settings,
        int first,
        Span<double> equity,
        Span<double> invested)
    {
        (_instrument, _settings, _first, _bars) = (instrument, settings, first, instrument.History.Count);
        _sizing = new(decisions, instrument.UnitStep, 1);
        _rules = new(settings.AllowShort);
        _ledger = new(settings);
        var history = instrument.History;
        _times = history.Times.Span;
        _open = history.Open.Span;
        _high = history.High.Span;
        _low = history.Low.Span;
        _close = history.Close.Span;
        _actions = decisions.Actions.Span;
        _stops = decisions.StopDistance.Span;
        _targets = decisions.TargetDistance.Span;
        _equity = equity;
        _invested = invested;
    }

    public static bool Fits(IReadOnlyList<BacktestInstrument> instruments, BacktestSettings settings) =>
        instruments is [{ Dividends.Count: 0 }] && settings.Costs.BorrowRate == 0;

    public static RunResult Run(
        BacktestInstrument instrument, StrategyDecisions decisions, BacktestSettings settings, RunBuffers buffers)
    {
        var times = instrument.History.Times;
        var first = RunStart.Index(times.Span, settings.From);
        var (equity, invested) = buffers.Take(times.Length - first);
        var run = new SingleRun(instrument, decisions, settings, first, equity.Span, invested.Span);
        run.RunAll();
        return new()
        {
            Trades = run._ledger.Trades,
            Traded = run._ledger.Traded,
            Reduced = run._ledger.Reduced,
            Refused = run._ledger.Refused,
            Cash = run._ledger.Cash,
            Times = times[first..],
            Equity = equity,
            Invested = invested,
            HeldBars = run._heldBars,
            Bars = equity.Length,
            LiquidatedAt = run._liquidatedAt < 0 ? null : times.Span[run._liquidatedAt],
        };
    }

    /// <summary>The last bar that can be entered.</summary>
    private readonly int LastEntry => _settings.LastBar == LastBarFill.Open ? _bars - 2 : _bars - 1;

    private void RunAll()
    {
        var bar = _first;
        while (bar < _bars && _liquidatedAt < 0)
        {
            var entry = _rules.Next(_actions, Math.Max(bar - 1, 0), 0) + 1;
            if (entry > LastEntry)
            {
                break;
            }

            Rest(bar, entry);
            var (_, side) = _rules.Resolve(_actions[entry - 1], 0);
            bar = Hold(entry, side);
        }

        Rest(bar, _bars);
    }

    /// <summary>From an entry until the account is flat at a close; returns the bar after it.</summary>
    private int Hold(int bar, int side)
    {
        while (Enter(bar, side))
        {
            var exit = FindExit(out side);
            var held = Carry(_position.EntryBar, exit.Bar, out var ruined);
            _heldBars += held;
            if (ruined)
            {
                return Liquidate(_position.EntryBar + held - 1);
            }

            SeeLastBar(exit);
            Exit(exit);
            bar = exit.Bar;
            if (side == 0)
            {
                break;
            }
        }

        return CloseFlat(bar);
    }

    private readonly bool CanEnter(int bar) => bar <= LastEntry;

    private bool Enter(int bar, int side) => CanEnter(bar) && _ledger.TryEnter(ref _position, new()
    {
        Direction = side,
        Bar = bar,
        Open = _open[bar],
        StopDistance = Distances.At(_stops, bar - 1),
        TargetDistance = Distances.At(_targets, bar - 1),
        Sizing = _sizing,
        Equity = _ledger.Cash,
        BuyingPower = _ledger.Cash,
    });

    private void Exit(in ExitFill exit) => _ledger.Exit(ref _position, _times, _instrument.Ticker, exit);

    /// <summary>How the position is left, and the side that is entered then.</summary>
    private readonly ExitFill FindExit(out int side)
    {
        side = 0;
        var expires = _position.ExpiryBar < _bars;
        var last = expires ? _position.ExpiryBar : _bars - 1;
        var signal = _rules.Next(_actions[..last], _position.EntryBar, _position.Direction);
        var isSignal = signal < last;
        var isEndAtOpen = !isSignal && _settings.LastBar == LastBarFill.Open && last == _bars - 1;
        var atOpen = isSignal ? signal + 1 : isEndAtOpen ? last : last + 1;
        if (TryFindTouch(_position.EntryBar, atOpen, out var touch))
        {
            return touch;
        }

        if (isSignal)
        {
            (_, side) = _rules.Resolve(_actions[signal], _position.Direction);
            return new(atOpen, _open[atOpen], side != 0 ? ExitReason.Reversal : ExitReason.Signal);
        }

        return isEndAtOpen
            ? new(last, _open[last], ExitReason.End)
            : new(last, _close[last], expires ? ExitReason.Expiry : ExitReason.End);
    }

    /// <summary>The first bar that touches the stop or the target.</summary>
    private readonly bool TryFindTouch(int from, int to, out ExitFill touch)
    {
        if (double.IsNaN(_position.Stop) && double.IsNaN(_position.Target))
        {
            touch = default;
            return false;
        }

        for (var bar = from; bar < to; bar++)
        {
            if (BarExit.AtOpen(_position, _open[bar], out var reason))
            {
                touch = new(bar, _open[bar], reason);
                return true;
            }

            if (BarExit.Within(_position, _low[bar], _high[bar], out reason))
            {
                touch = new(bar, reason == ExitReason.Stop ? _position.Stop : _position.Target, reason);
                return true;
            }
        }

        touch = default;
        return false;
    }

    /// <summary>Marks the bars at whose close the position is held; stops at the first that leaves nothing.</summary>
    private int Carry(int from, int to, out bool ruined)
    {
        var cash = (double)_ledger.Cash;
        var units = _position.SignedUnits;
        var (lowest, highest) = (_position.Lowest, _position.Highest);
        var close = _close[from..to];
        var low = _low.Slice(from, close.Length);
        var high = _high.Slice(from, close.Length);
        var equity = _equity.Slice(from - _first, close.Length);
        var invested = _invested.Slice(from - _first, close.Length);
        var size = Math.Abs(units);
        ruined = false;
        var bar = 0;
        for (; bar < close.Length && !ruined; bar++)
        {
            var worth = cash + (units * close[bar]);
            equity[bar] = worth;
            invested[bar] = size * close[bar];
            lowest = low[bar] < lowest ? low[bar] : lowest;
            highest = high[bar] > highest ? high[bar] : highest;
            ruined = worth <= 0;
        }

        _position.See(lowest, highest);
        return bar;
    }

    /// <summary>What the position sees of the bar that it is left in.</summary>
    private void SeeLastBar(in ExitFill exit)
    {
        var bar = exit.Bar;
        var isTouch = exit.Reason is ExitReason.Stop or ExitReason.Target;
        if (exit.Reason is ExitReason.Signal or ExitReason.Reversal
            || (exit.Reason == ExitReason.End && _settings.LastBar == LastBarFill.Open)
            || (isTouch && BarExit.AtOpen(_position, _open[bar], out _)))
        {
            _position.See(_open[bar], _open[bar]);
        }
        else if (isTouch)
        {
            BarExit.See(ref _position, _open[bar], _low[bar], _high[bar], exit.Reason);
        }
        else
        {
            _position.See(_low[bar], _high[bar]);
        }
    }

    private int Liquidate(int bar)
    {
        Exit(new(bar, _close[bar], ExitReason.Liquidation));
        _heldBars--;
        _liquidatedAt = bar;
        return CloseFlat(bar);
    }

    private int CloseFlat(int bar)
    {
        Rest(bar, bar + 1);
        if (_ledger.Cash <= 0)
        {
            _liquidatedAt = bar;
        }

        return bar + 1;
    }

    private readonly void Rest(int from, int to)
    {
        _equity[(from - _first)..(to - _first)].Fill((double)_ledger.Cash);
        _invested[(from - _first)..(to - _first)].Clear();
    }
}

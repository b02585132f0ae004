using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting;

/// <summary>One instrument of an account: its bars, the next of them, and its position.</summary>
internal sealed class Lane
{
    private readonly StrategyDecisions _decisions;
    private readonly IReadOnlyList<CashDividend> _dividends;
    private readonly EntrySizing _sizing;
    private OpenPosition _position = new();
    private int _dividend;

    public Lane(BacktestInstrument instrument, StrategyDecisions decisions, BacktestSettings settings, int instruments)
    {
        (Instrument, _decisions) = (instrument, decisions);
        _sizing = new(decisions, instrument.UnitStep, instruments);
        _dividends = [.. instrument.Dividends.OrderBy(dividend => dividend.ExDate)];
        First = RunStart.Index(instrument.History.Times.Span, settings.From);
        Bar = First;
    }

    public BacktestInstrument Instrument { get; }

    public int First { get; }

    /// <summary>The bar that comes next.</summary>
    public int Bar { get; private set; }

    /// <summary>Whether that bar is of the moment at hand.</summary>
    public bool IsHere { get; private set; }

    /// <summary>The side that is to be entered at the open of the bar, 0 for none.</summary>
    public int Entering { get; private set; }

    /// <summary>The price known last.</summary>
    public double Price { get; private set; }

    public double SignedUnits => _position.SignedUnits;

    public bool IsFlat => _position.IsFlat;

    /// <summary>What the position is worth; negative where sold short.</summary>
    public decimal Value => _position.Direction * _position.Units * (decimal)Price;

    private bool IsLastBar => Bar == Instrument.History.Count - 1;

    public void Begin(DateTime time) =>
        IsHere = Bar < Instrument.History.Count && Instrument.History.Times.Span[Bar] == time;

    /// <summary>Dividends and borrowing of a position that is held since an earlier bar.</summary>
    public void PayForHolding(Ledger ledger, bool chargesBorrowing)
    {
        var time = Instrument.History.Times.Span[Bar];
        while (_dividend < _dividends.Count && _dividends[_dividend].ExDate <= BarDay.DateOf(time))
        {
            if (!IsFlat)
            {
                ledger.PayDividend(ref _position, _dividends[_dividend].Amount);
            }

            _dividend++;
        }

        if (chargesBorrowing && _position.Direction < 0)
        {
            ledger.ChargeBorrowing(
                ref _position, Price, (time - Instrument.History.Times.Span[Bar - 1]).TotalDays);
        }
    }

    /// <summary>Leaves at the open what is to be left there, and says what is to be entered.</summary>
    public void Open(Ledger ledger, ActionRules rules, LastBarFill lastBar)
    {
        var open = Instrument.History.Open.Span[Bar];
        Price = open;
        var action = Bar > 0 ? _decisions.Actions.Span[Bar - 1] : StrategyAction.None;
        var (leaves, enters) = rules.Resolve(action, _position.Direction);
        var isEnd = IsLastBar && lastBar == LastBarFill.Open;
        Entering = isEnd ? 0 : enters;
        if (IsFlat)
        {
            return;
        }

        if (leaves)
        {
            ExitAtOpen(ledger, open, enters != 0 ? ExitReason.Reversal : ExitReason.Signal);
        }
        else if (isEnd)
        {
            ExitAtOpen(ledger, open, ExitReason.End);
        }
        else if (BarExit.AtOpen(_position, open, out var reason))
        {
            ExitAtOpen(ledger, open, reason);
        }
    }

    public bool TryEnter(Ledger ledger, decimal equity, decimal buyingPower) => ledger.TryEnter(ref _position, new()
    {
        Direction = Entering,
        Bar = Bar,
        Open = Price,
        StopDistance = Distances.At(_decisions.StopDistance.Span, Bar - 1),
        TargetDistance = Distances.At(_decisions.TargetDistance.Span, Bar - 1),
        Sizing = _sizing,
        Equity = equity,
        BuyingPower = buyingPower,
    });

    /// <summary>What happens between the open and the close of the bar, and at the close.</summary>
    public void Close(Ledger ledger)
    {
        var history = Instrument.History;
        var close = history.Close.Span[Bar];
        if (!IsFlat)
        {
            Hold(ledger, history.Open.Span[Bar], history.Low.Span[Bar], history.High.Span[Bar], close);
        }

        Price = close;
        Bar++;
    }

    public void Liquidate(Ledger ledger)
    {
        if (!IsFlat)
        {
            Exit(ledger, new(Bar - 1, Price, ExitReason.Liquidation));
        }
    }

    private void Hold(Ledger ledger, double open, double low, double high, double close)
    {
        // Distances may be shorter than the slippage of the entry.
        if (BarExit.AtOpen(_position, open, out var reason))
        {
            ExitAtOpen(ledger, open, reason);
            return;
        }

        if (BarExit.Within(_position, low, high, out reason))
        {
            BarExit.See(ref _position, open, low, high, reason);
            Exit(ledger, new(Bar, reason == ExitReason.Stop ? _position.Stop : _position.Target, reason));
            return;
        }

        _position.See(low, high);
        if (_position.ExpiryBar <= Bar || IsLastBar)
        {
            Exit(ledger, new(Bar, close, _position.ExpiryBar <= Bar ? ExitReason.Expiry : ExitReason.End));
        }
    }

    private void ExitAtOpen(Ledger ledger, double open, ExitReason reason)
    {
        _position.See(open, open);
        Exit(ledger, new(Bar, open, reason));
    }

    private void Exit(Ledger ledger, in ExitFill fill) =>
        ledger.Exit(ref _position, Instrument.History.Times.Span, Instrument.Ticker, fill);
}

using Trading.Domain.Backtesting;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Backtesting;

/// <summary>
/// The rules of fills and of the account again: bar by bar, in decimals only, with nothing skipped and nothing shared
/// with the engine. Slow and plain.
/// </summary>
internal sealed class NaiveBacktest(
    BacktestInstrument[] instruments, StrategyDecisions[] decisions, BacktestSettings settings)
{
    private readonly Dictionary<int, Held> _held = [];
    private readonly Dictionary<int, decimal> _lastPrice = [];
    private decimal _cash = settings.InitialCash;

    public List<NaiveTrade> Trades { get; } = [];

    public List<decimal> Equity { get; } = [];

    public void Run()
    {
        var times = instruments.SelectMany(instrument => instrument.History.Times.ToArray()).Distinct().Order();
        foreach (var time in times)
        {
            var here = Enumerable.Range(0, instruments.Length)
                .Select(index => (Index: index, Bar: instruments[index].History.Times.Span.IndexOf(time)))
                .Where(pair => pair.Bar >= 0).ToArray();
            var ruined = Equity.Count > 0 && Equity[^1] <= 0;
            if (!ruined)
            {
                Trade(here);
            }

            Equity.Add(Worth());
        }
    }

    private void Trade((int Index, int Bar)[] here)
    {
        var entries = new List<(int Index, int Bar, int Side)>();
        foreach (var (index, bar) in here)
        {
            Dividends(index, bar);
            if (OpenOf(index, bar) is { } side and not 0)
            {
                entries.Add((index, bar, side));
            }

            _lastPrice[index] = Price(instruments[index].History.Open, bar);
        }

        var equity = Worth();
        foreach (var (index, bar, side) in entries)
        {
            Enter(index, bar, side, equity);
        }

        foreach (var (index, bar) in here)
        {
            Within(index, bar);
            _lastPrice[index] = Price(instruments[index].History.Close, bar);
        }

        if (Worth() <= 0)
        {
            foreach (var index in _held.Keys.ToArray())
            {
                Leave(index, _lastPrice[index], ExitReason.Liquidation);
            }
        }
    }

    private static decimal Price(ReadOnlyMemory<double> column, int bar) => (decimal)column.Span[bar];

    private decimal Worth() => _cash + _held.Sum(pair => pair.Value.Units * _lastPrice[pair.Key]);

    private void Dividends(int index, int bar)
    {
        var history = instruments[index].History;
        var today = DateOnly.FromDateTime(history.Times.Span[bar]);
        var before = bar == 0 ? DateOnly.MinValue : DateOnly.FromDateTime(history.Times.Span[bar - 1]);
        var due = instruments[index].Dividends.Where(paid => paid.ExDate > before && paid.ExDate <= today);
        foreach (var dividend in due)
        {
            if (_held.TryGetValue(index, out var held))
            {
                _cash += held.Units * dividend.Amount;
                held.Extra += held.Units * dividend.Amount;
            }
        }

        if (bar > 0 && _held.TryGetValue(index, out var sold) && sold.Units < 0)
        {
            var days = (decimal)(history.Times.Span[bar] - history.Times.Span[bar - 1]).TotalDays;
            var cost = -sold.Units * Price(history.Close, bar - 1) * settings.Costs.BorrowRate * days / 365;
            _cash -= cost;
            sold.Extra -= cost;
        }
    }

    /// <summary>What happens at the open; returns the side to enter.</summary>
    private int OpenOf(int index, int bar)
    {
        var open = Price(instruments[index].History.Open, bar);
        var action = bar == 0 ? StrategyAction.None : decisions[index].Actions.Span[bar - 1];
        var buys = action.HasFlag(StrategyAction.EnterLong) && !action.HasFlag(StrategyAction.EnterShort);
        var sells = action.HasFlag(StrategyAction.EnterShort) && !action.HasFlag(StrategyAction.EnterLong);
        if (!_held.TryGetValue(index, out var held))
        {
            return buys ? 1 : sells && settings.AllowShort ? -1 : 0;
        }

        if (held.Units > 0 && sells)
        {
            Leave(index, open, settings.AllowShort ? ExitReason.Reversal : ExitReason.Signal);
            return settings.AllowShort ? -1 : 0;
        }

        if (held.Units < 0 && buys)
        {
            Leave(index, open, ExitReason.Reversal);
            return 1;
        }

        if (action.HasFlag(held.Units > 0 ? StrategyAction.ExitLong : StrategyAction.ExitShort))
        {
            Leave(index, open, ExitReason.Signal);
        }
        else if (IsStopped(held, open, open))
        {
            Leave(index, open, ExitReason.Stop);
        }
        else if (IsReached(held, open, open))
        {
            Leave(index, open, ExitReason.Target);
        }

        return 0;
    }

    private void Within(int index, int bar)
    {
        if (!_held.TryGetValue(index, out var held))
        {
            return;
        }

        var history = instruments[index].History;
        var (open, low) = (Price(history.Open, bar), Price(history.Low, bar));
        var (high, close) = (Price(history.High, bar), Price(history.Close, bar));
        if (IsStopped(held, low, high))
        {
            var gapped = held.Units > 0 ? Math.Min(open, held.Stop!.Value) : Math.Max(open, held.Stop!.Value);
            Leave(index, gapped, ExitReason.Stop);
        }
        else if (IsReached(held, low, high))
        {
            var better = held.Units > 0 ? Math.Max(open, held.Target!.Value) : Math.Min(open, held.Target!.Value);
            Leave(index, better, ExitReason.Target);
        }
        else if (decisions[index].ExpiryBars is { } bars && bar - held.Bar >= bars)
        {
            Leave(index, close, ExitReason.Expiry);
        }
        else if (bar == history.Count - 1)
        {
            Leave(index, close, ExitReason.End);
        }
    }

    private static bool IsStopped(Held held, decimal low, decimal high) =>
        held.Stop is { } stop && (held.Units > 0 ? low <= stop : high >= stop);

    private static bool IsReached(Held held, decimal low, decimal high) =>
        held.Target is { } target && (held.Units > 0 ? high >= target : low <= target);

    private void Enter(int index, int bar, int side, decimal equity)
    {
        var decided = decisions[index];
        var price = Price(instruments[index].History.Open, bar) * (1 + (side * settings.Costs.SlippageRate));
        var shorts = _held.Where(pair => pair.Value.Units < 0).Sum(pair => -pair.Value.Units * _lastPrice[pair.Key]);
        var step = instruments[index].UnitStep;
        var stop = decided.StopDistance.IsEmpty ? double.NaN : decided.StopDistance.Span[bar - 1];
        var target = decided.TargetDistance.IsEmpty ? double.NaN : decided.TargetDistance.Span[bar - 1];
        var amount = (decimal)decided.Size.Amount;
        var perUnit = price * (1 + settings.Costs.FeeRate);
        var units = decided.Size.Rule switch
        {
            PositionSizeRule.Equity => ((equity * amount / instruments.Length) - settings.Costs.FeePerOrder) / perUnit,
            PositionSizeRule.Cash => (amount - settings.Costs.FeePerOrder) / perUnit,
            PositionSizeRule.Risk => double.IsNaN(stop) ? 0 : equity * amount / (decimal)stop,
            _ => amount,
        };
        units = Math.Min(units, (_cash - (2 * shorts) - settings.Costs.FeePerOrder) / perUnit);
        units = Math.Floor(units / step) * step;
        if (units <= 0)
        {
            return;
        }

        var fee = (units * price * settings.Costs.FeeRate) + settings.Costs.FeePerOrder;
        _cash -= (side * units * price) + fee;
        _held[index] = new()
        {
            Units = side * units,
            Price = price,
            Bar = bar,
            Extra = -fee,
            Stop = double.IsNaN(stop) ? null : price - (side * (decimal)stop),
            Target = double.IsNaN(target) ? null : price + (side * (decimal)target),
        };
    }

    private void Leave(int index, decimal price, ExitReason reason)
    {
        var held = _held[index];
        var slippage = reason == ExitReason.Target ? 0 : settings.Costs.SlippageRate;
        price *= held.Units > 0 ? 1 - slippage : 1 + slippage;
        var fee = (Math.Abs(held.Units) * price * settings.Costs.FeeRate) + settings.Costs.FeePerOrder;
        _cash += (held.Units * price) - fee;
        var profit = (held.Units * (price - held.Price)) + held.Extra - fee;
        Trades.Add(new(instruments[index].Ticker, held.Units, held.Price, price, reason, profit));
        _held.Remove(index);
    }

    private sealed class Held
    {
        public required decimal Units { get; init; }

        public required decimal Price { get; init; }

        public required int Bar { get; init; }

        public required decimal? Stop { get; init; }

        public required decimal? Target { get; init; }

        public decimal Extra { get; set; }
    }
}

/// <summary>A trade as the plain rules see it; units below zero were sold short.</summary>
internal sealed record NaiveTrade(
    string Ticker, decimal Units, decimal Entry, decimal Exit, ExitReason Reason, decimal Profit);

using System.Runtime.InteropServices;
using Trading.Domain.Strategies;

namespace Trading.Domain.Backtesting;

/// <summary>
/// One account over any number of instruments, moment by moment of their union: exits at the open, entries at the
/// open, what happens within the bars, and the closes.
/// </summary>
internal sealed class PortfolioRun
{
    private const int CheckEvery = 1024;

    private readonly Lane[] _lanes;
    private readonly BacktestSettings _settings;
    private readonly Ledger _ledger;
    private readonly ActionRules _rules;
    private int _heldBars;
    private DateTime? _liquidatedAt;

    private PortfolioRun(
        IReadOnlyList<BacktestInstrument> instruments,
        IReadOnlyList<StrategyDecisions> decisions,
        BacktestSettings settings)
    {
        _lanes = [.. instruments.Select((instrument, index) =>
            new Lane(instrument, decisions[index], settings, instruments.Count))];
        (_settings, _ledger, _rules) = (settings, new(settings), new(settings.AllowShort));
    }

    public static RunResult Run(
        IReadOnlyList<BacktestInstrument> instruments,
        IReadOnlyList<StrategyDecisions> decisions,
        BacktestSettings settings,
        RunBuffers buffers,
        CancellationToken cancellationToken)
    {
        var run = new PortfolioRun(instruments, decisions, settings);
        var times = run.UnionOfTimes();
        var (equity, invested) = buffers.Take(times.Length);
        run.RunAll(times.Span, equity.Span, invested.Span, cancellationToken);
        return new()
        {
            Trades = run._ledger.Trades,
            Traded = run._ledger.Traded,
            Reduced = run._ledger.Reduced,
            Refused = run._ledger.Refused,
            Cash = run._ledger.Cash,
            Times = times,
            Equity = equity,
            Invested = invested,
            HeldBars = run._heldBars,
            Bars = run._lanes.Sum(lane => (long)lane.Instrument.History.Count - lane.First),
            LiquidatedAt = run._liquidatedAt,
        };
    }

    private static ReadOnlyMemory<DateTime> Times(Lane lane) => lane.Instrument.History.Times[lane.First..];

    private ReadOnlyMemory<DateTime> UnionOfTimes()
    {
        var first = Times(_lanes[0]);
        if (_lanes.All(lane => Times(lane).Span.SequenceEqual(first.Span)))
        {
            return first;
        }

        var all = new List<DateTime>();
        foreach (var lane in _lanes)
        {
            all.AddRange(Times(lane).Span);
        }

        all.Sort();
        var union = CollectionsMarshal.AsSpan(all);
        var count = 0;
        foreach (var time in union)
        {
            if (count == 0 || time != union[count - 1])
            {
                union[count++] = time;
            }
        }

        return union[..count].ToArray();
    }

    private void RunAll(
        ReadOnlySpan<DateTime> times,
        Span<double> equity,
        Span<double> invested,
        CancellationToken cancellationToken)
    {
        for (var index = 0; index < times.Length; index++)
        {
            if (index % CheckEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (_liquidatedAt is null)
            {
                Trade(times[index]);
            }

            (equity[index], invested[index]) = Mark(times[index]);
        }
    }

    private void Trade(DateTime time)
    {
        var isEntering = false;
        foreach (var lane in _lanes)
        {
            lane.Begin(time);
            if (lane.IsHere)
            {
                lane.PayForHolding(_ledger, _settings.Costs.BorrowRate != 0);
                lane.Open(_ledger, _rules, _settings.LastBar);
                isEntering |= lane.Entering != 0;
            }
        }

        if (isEntering)
        {
            Enter();
        }

        foreach (var lane in _lanes)
        {
            if (lane.IsHere)
            {
                lane.Close(_ledger);
            }
        }
    }

    /// <summary>Units sold short bind what they brought and as much again.</summary>
    private void Enter()
    {
        var (value, shorts) = (0m, 0m);
        foreach (var lane in _lanes.Where(lane => !lane.IsFlat))
        {
            var worth = lane.Value;
            value += worth;
            shorts -= Math.Min(worth, 0);
        }

        var equity = _ledger.Cash + value;
        foreach (var lane in _lanes)
        {
            if (lane is { IsHere: true, Entering: not 0 }
                && lane.TryEnter(_ledger, equity, _ledger.Cash - (2 * shorts)))
            {
                shorts -= Math.Min(lane.Value, 0);
            }
        }
    }

    private (double Equity, double Invested) Mark(DateTime time)
    {
        var (value, invested) = (0.0, 0.0);
        foreach (var lane in _lanes)
        {
            var worth = lane.SignedUnits * lane.Price;
            value += worth;
            invested += Math.Abs(worth);
        }

        var equity = (double)_ledger.Cash + value;
        if (equity <= 0 && _liquidatedAt is null)
        {
            Array.ForEach(_lanes, lane => lane.Liquidate(_ledger));
            _liquidatedAt = time;
            return ((double)_ledger.Cash, 0);
        }

        _heldBars += invested > 0 ? 1 : 0;
        return (equity, invested);
    }
}

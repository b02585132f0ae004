using Trading.Domain.Experiments;

namespace Trading.Data.Experiments;

/// <summary>What accounts that were run anew add to an experiment, and what the test says of it.</summary>
internal sealed class ExperimentProgress
{
    private readonly ExperimentRow _row;
    private readonly IReadOnlyList<double[]> _stored;
    private readonly PaperAccount[] _accounts;
    private readonly double _initial;

    /// <param name="row">The experiment as it is stored.</param>
    /// <param name="stored">The equity of its points.</param>
    /// <param name="accounts">Its arms from the beginning on, over the same bars.</param>
    public ExperimentProgress(ExperimentRow row, IReadOnlyList<double[]> stored, PaperAccount[] accounts)
    {
        (_row, _stored, _accounts) = (row, stored, accounts);
        _initial = (double)row.Spec.Settings.InitialCash;
        var first = FirstNew(row, accounts[0]);
        var scales = accounts.Select((account, arm) => Scale(
            stored.Count > 0 ? stored[^1][arm] : _initial,
            first > 0 ? account.Equity.Span[first - 1] : _initial)).ToArray();
        IsRevised = scales.Any(scale => scale != 1);
        Points =
        [
            .. Enumerable.Range(first, accounts[0].Times.Length - first).Select((bar, index) => new ExperimentPoint
            {
                ExperimentId = row.Id,
                Number = row.Bars + index + 1,
                Time = accounts[0].Times.Span[bar],
                Equity = [.. accounts.Select((account, arm) => account.Equity.Span[bar] * scales[arm])],
                Invested = [.. accounts.Select((account, arm) => account.Invested.Span[bar] * scales[arm])],
            }),
        ];
    }

    public IReadOnlyList<ExperimentPoint> Points { get; }

    /// <summary>Whether prices before the first new point are others than when the last was stored.</summary>
    public bool IsRevised { get; }

    /// <summary>The close of the last bar that an experiment may have, where more than those are known.</summary>
    public static DateTime? End(ExperimentRow row, PaperAccount account)
    {
        var last = FirstNew(row, account) + row.Spec.Horizon - row.Bars - 1;
        return last < account.Times.Length - 1 ? account.Times.Span[last] : null;
    }

    /// <summary>The experiment with the points.</summary>
    public ExperimentNews News(DateTime now)
    {
        if (Points.Count == 0)
        {
            return new(_row, 0, []);
        }

        var tests = Replay();
        ArmDocument[] results = [.. _accounts.Select((account, arm) => Describe(account, arm, tests))];
        var isOver = _row.Bars + Points.Count >= _row.Spec.Horizon;
        var updated = _row with
        {
            Bars = _row.Bars + Points.Count,
            LastTime = Points[^1].Time,
            Revisions = _row.Revisions + (IsRevised ? 1 : 0),
            Results = results,
            State = isOver ? ExperimentState.Completed : _row.State,
            FinishedAt = isOver ? now : null,
        };
        var decided = Enumerable.Range(1, tests.All.Count).Where(arm => tests.All[arm - 1].DecidedAt > _row.Bars);
        return new(updated, Points.Count, [.. decided]);
    }

    private static int FirstNew(ExperimentRow row, PaperAccount account)
    {
        if (row.LastTime is not { } last)
        {
            return 0;
        }

        var place = account.Times.Span.BinarySearch(last);
        return place < 0 ? ~place : place + 1;
    }

    /// <summary>Exactly 1 where nothing was corrected.</summary>
    private static double Scale(double stored, double known) =>
        stored.Equals(known) || stored <= 0 || known <= 0 ? 1 : stored / known;

    private ArmTests Replay()
    {
        var tests = new ArmTests(_row.Spec);
        foreach (var equity in _stored.Concat(Points.Select(point => point.Equity)))
        {
            tests.Add(equity);
        }

        return tests;
    }

    private ArmDocument Describe(PaperAccount account, int arm, ArmTests tests)
    {
        var equity = Points[^1].Equity[arm];
        return new()
        {
            Equity = equity,
            TotalReturn = (equity / _initial) - 1,
            MaxDrawdown = MaxDrawdown(arm),
            Exposure = equity > 0 ? Points[^1].Invested[arm] / equity : 0,
            Trades = account.Trades.Count,
            Wins = account.Trades.Count(trade => trade.Profit > 0),
            Positions = account.Positions,
            NewestTrades = [.. account.Trades.Reverse().Take(ArmDocument.MostTrades)],
            LiquidatedAt = account.LiquidatedAt,
            Test = arm == 0 ? null : Describe(tests.All[arm - 1]),
        };
    }

    private static ArmTestDocument Describe(ArmTest test)
    {
        var reading = test.Reading;
        return new()
        {
            Mean = reading.Mean,
            Low = reading.Low,
            High = reading.High,
            PValue = reading.PValue,
            EffectiveBars = reading.EffectiveBars,
            Verdict = test.Verdict,
            DecidedAt = test.DecidedAt,
        };
    }

    private double MaxDrawdown(int arm)
    {
        var (peak, deepest) = (_initial, 0.0);
        foreach (var equity in _stored.Concat(Points.Select(point => point.Equity)))
        {
            peak = Math.Max(peak, equity[arm]);
            deepest = Math.Min(deepest, (equity[arm] / peak) - 1);
        }

        return deepest;
    }
}

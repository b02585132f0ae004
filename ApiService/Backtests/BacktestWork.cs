using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Market;

namespace Trading.ApiService.Backtests;

/// <summary>How much a backtest will cost, before anything is read.</summary>
/// <param name="Bars">Bars of one trial.</param>
/// <param name="Trials">Combinations of parameters.</param>
/// <param name="Work">Bars x trials, fourfold in a text of the rule language.</param>
internal readonly record struct BacktestWork(long Bars, long Trials, double Work)
{
    private const double DaysOfTradingAWeek = 5;
    private const double MinutesOfSession = 510;
    private const double MinutesOfDay = 1440;
    private const int LanguageFactor = 4;

    public static BacktestWork Of(BacktestSpec spec)
    {
        var interval = BarInterval.TryParse(spec.Interval, out var known) ? known : BarInterval.OneDay;
        var days = (spec.To - spec.From).TotalDays + 1;
        var bars = (long)Math.Ceiling(spec.Instruments.Sum(instrument =>
            instrument.Exchange == "CRYPTO"
                ? days * (interval.IsDaily ? 1 : MinutesOfDay / interval.Length.TotalMinutes)
                : days * DaysOfTradingAWeek / 7 * (interval.IsDaily ? 1 : MinutesOfSession / interval.Length.TotalMinutes)));
        var trials = TrialsOf(spec.Sweep);
        return new(bars, trials, (double)bars * trials * (spec.Source is null ? 1 : LanguageFactor));
    }

    /// <summary>Why it is too large, and what to reduce; null where it is not.</summary>
    public ApiProblem? Refuse(BacktestOptions options)
    {
        if (Trials > SweepSettings.MaxTrials)
        {
            return TooLarge(
                $"The sweep has {Trials} combinations, at most {SweepSettings.MaxTrials} are run: take larger steps or "
                + "fewer parameters, or set sweep.trials to draw some at random.");
        }

        if (Bars > options.MaxBars)
        {
            return TooLarge(
                $"About {Bars} bars, at most {options.MaxBars} are read: take a longer interval, fewer days or fewer "
                + "instruments.");
        }

        return Work > options.MaxWork
            ? TooLarge(
                $"About {Work:G3} bars to compute, at most {options.MaxWork:G3} are: take fewer trials, instruments or days.")
            : null;
    }

    private static ApiProblem TooLarge(string detail) =>
        new(StatusCodes.Status422UnprocessableEntity, ErrorCodes.TooLarge, detail);

    private static long TrialsOf(SweepSettings? sweep)
    {
        if (sweep is null)
        {
            return 1;
        }

        var grid = sweep.Axes.Aggregate(1.0, (product, axis) => product * axis.Count);
        return (long)Math.Min(Math.Min(grid, sweep.RandomTrials ?? double.MaxValue), int.MaxValue);
    }
}

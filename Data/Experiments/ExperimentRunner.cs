using Trading.Data.Backtests;
using Trading.Data.CorporateActions;
using Trading.Domain.Backtesting;
using Trading.Domain.Experiments;
using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.Data.Experiments;

/// <summary>Runs the arms of experiments over what is stored; the same bars come to the same points anywhere.</summary>
public sealed class ExperimentRunner(BarColumns bars, ActionStore actions)
{
    private const long MostBars = 5_000_000;

    /// <summary>The close of the first bar that the arms' indicators are to see.</summary>
    /// <param name="instruments">Their ids.</param>
    /// <param name="interval">The bars' interval.</param>
    /// <param name="arms">The strategies, with their arguments in the parameters' order.</param>
    /// <param name="now">The bars before it warm up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<DateTime> WarmFromAsync(
        int[] instruments,
        BarInterval interval,
        IEnumerable<(ITradingStrategy Strategy, ExperimentArm Arm)> arms,
        DateTime now,
        CancellationToken cancellationToken)
    {
        var longest = arms.Max(each => each.Strategy.Settling(each.Arm.ArgumentsOf(each.Strategy)));
        return bars.StepBackAsync(
            instruments, interval, now, BacktestRunner.WarmUpBars(longest), cancellationToken);
    }

    /// <summary>The instruments that have too few bars to begin with.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(
        ExperimentSpec spec, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            return (await LoadAsync(spec, now, cancellationToken)).Missing;
        }
        catch (BacktestRefusedException)
        {
            return [.. spec.Instruments.Select(instrument => instrument.Ticker)];
        }
    }

    /// <summary>Runs every arm up to a time.</summary>
    /// <exception cref="BacktestRefusedException">It cannot be run, now or later.</exception>
    public async Task<PaperAccount[]> RunAsync(ExperimentSpec spec, DateTime until, CancellationToken cancellationToken)
    {
        var market = await LoadAsync(spec, until, cancellationToken);
        if (market.Missing.Count > 0)
        {
            throw new BacktestRefusedException($"There are no bars of {string.Join(", ", market.Missing)} any more.");
        }

        return [.. spec.Arms.Select(arm => Run(spec, arm, market.Instruments, cancellationToken))];
    }

    private static PaperAccount Run(
        ExperimentSpec spec,
        ExperimentArm arm,
        IReadOnlyList<BacktestInstrument> instruments,
        CancellationToken cancellationToken)
    {
        var strategy = SpecStrategy.Of(arm.Strategy, arm.Source);
        var sized = spec.Size is { } size ? new ResizedStrategy(strategy, size) : strategy;
        try
        {
            return PaperTrading.Run(instruments, sized, arm.ArgumentsOf(strategy), spec.Settings, cancellationToken);
        }
        catch (ArgumentException refused)
        {
            throw new BacktestRefusedException($"{arm.Name}: {refused.Message}");
        }
    }

    private async Task<LoadedMarket> LoadAsync(
        ExperimentSpec spec, DateTime until, CancellationToken cancellationToken)
    {
        var interval = BarInterval.TryParse(spec.Interval, out var known)
            ? known
            : throw new BacktestRefusedException($"There is no interval {spec.Interval}.");
        var ids = spec.Instruments.Select(instrument => instrument.Id).ToArray();
        var reading = bars.ReadAsync(ids, interval, spec.WarmFrom, until, MostBars, cancellationToken);
        var corporate = await actions.ReadAsync(ids, cancellationToken);
        var loaded = await reading
            ?? throw new BacktestRefusedException($"There are more than {MostBars} bars by now.");
        return LoadedMarket.Of(spec.Reading(until), loaded, corporate);
    }
}

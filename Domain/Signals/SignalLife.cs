using Trading.Domain.Market;

namespace Trading.Domain.Signals;

/// <summary>
/// A signal on its way: takes the bars after its own, oldest first, until one of them ends it. Filled at the open of
/// the first. A bar that opens beyond the stop or the target leaves at the open; the stop comes first where both are
/// touched; the last bar of its time leaves at the close. One whose bars stay away lapses: it leaves at the close known
/// last.
/// </summary>
/// <param name="plan">Its prices.</param>
/// <param name="lapses">
/// When it ends though too few bars have come, UTC; null for never. See <see cref="SignalLapse"/>.
/// </param>
public sealed class SignalLife(SignalPlan plan, DateTime? lapses = null)
{
    /// <summary>The reason of a signal whose prices were corrected; such do not count in any statistic.</summary>
    public const string CorrectionReason = "prices corrected";

    /// <summary>The reason of a signal whose bars stayed away until its time was over.</summary>
    public const string LapseReason = "no bars until its time was over";

    private int _bars;
    private double? _fill;
    private double _close = plan.Entry;
    private double _worst;
    private double _best;

    /// <summary>Its prices.</summary>
    public SignalPlan Plan => plan;

    /// <summary>How it ended; null while it is active.</summary>
    public SignalResolution? Resolution { get; private set; }

    /// <summary>Takes the next bar; does nothing once the signal has ended.</summary>
    /// <param name="bar">The bar after those taken so far.</param>
    /// <returns>How it ended, or null while it is active.</returns>
    public SignalResolution? Take(in Bar bar)
    {
        if (LapseBefore(bar.Time) is not null)
        {
            return Resolution;
        }

        _bars++;
        _fill ??= bar.Open;
        See(bar.Open);
        var (low, high) = plan.Side > 0 ? (bar.Low, bar.High) : (bar.High, bar.Low);
        if (IsBeyond(low, plan.Stop, -plan.Side) || IsBeyond(bar.Open, plan.Stop, -plan.Side))
        {
            var gapped = IsBeyond(bar.Open, plan.Stop, -plan.Side);
            return End(
                SignalState.Stopped,
                bar.Time,
                gapped ? bar.Open : plan.Stop,
                gapped ? "opened beyond the stop" : "stop touched");
        }

        if (IsBeyond(high, plan.Target, plan.Side))
        {
            var gapped = IsBeyond(bar.Open, plan.Target, plan.Side);
            return End(
                SignalState.TargetHit,
                bar.Time,
                gapped ? bar.Open : plan.Target,
                gapped ? "opened beyond the target" : "target touched");
        }

        See(low);
        See(high);
        _close = bar.Close;
        return _bars >= plan.ExpiryBars ? End(SignalState.Expired, bar.Time, bar.Close, "time is over") : null;
    }

    /// <summary>Ends it at the close known last where its bars have stayed away for too long.</summary>
    /// <param name="time">All bars that closed before it were taken, UTC.</param>
    /// <returns>How it ended, now or before; null while it is active.</returns>
    public SignalResolution? LapseBefore(DateTime time) =>
        Resolution is null && lapses is { } over && time > over
            ? End(SignalState.Expired, over, _close, LapseReason)
            : Resolution;

    /// <summary>Ends it at the close of the bar taken last, as a signal of the other direction was made there.</summary>
    /// <param name="time">That bar's close, UTC.</param>
    /// <param name="close">Its closing price.</param>
    public SignalResolution TurnAround(DateTime time, double close) =>
        Resolution ?? End(SignalState.Invalidated, time, close, "opposite signal");

    /// <summary>Ends it without a result, as its prices are not those of the market any more.</summary>
    /// <param name="time">When that was seen: the close of the newest bar, UTC.</param>
    public SignalResolution Withdraw(DateTime time) => Resolution ??= new SignalResolution(
        SignalState.Invalidated, time, null, null, null, _bars, null, null, CorrectionReason);

    private static bool IsBeyond(double price, double level, int side) => (price - level) * side >= 0;

    private SignalResolution End(SignalState state, DateTime time, double price, string reason)
    {
        See(price);
        var fill = _fill;
        var costs = SignalRules.CostPerSide * ((fill ?? price) + price);
        Resolution = new SignalResolution(
            state,
            time,
            fill,
            price,
            fill is { } from ? (((price - from) * plan.Side) - costs) / plan.Risk : null,
            _bars,
            fill is null ? null : _worst,
            fill is null ? null : _best,
            reason);
        return Resolution;
    }

    private void See(double price)
    {
        if (_fill is { } fill)
        {
            var r = (price - fill) * plan.Side / plan.Risk;
            (_worst, _best) = (Math.Min(_worst, r), Math.Max(_best, r));
        }
    }
}

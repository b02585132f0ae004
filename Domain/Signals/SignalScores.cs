using Trading.Domain.Strategies;

namespace Trading.Domain.Signals;

/// <summary>
/// The scores of a whole history, a value per bar, each from that bar and those before it alone; the last is what the
/// generator says at the last bar.
/// </summary>
public sealed class SignalScores
{
    private readonly SignalColumns _columns;
    private readonly double[] _scores;

    /// <summary>Computes the scores.</summary>
    /// <param name="history">The prices of one instrument.</param>
    /// <param name="rules">When a score triggers.</param>
    public SignalScores(PriceHistory history, SignalRules rules)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(rules);
        (History, Rules) = (history, rules);
        _columns = new SignalColumns(history);
        _scores = new double[history.Count];
        for (var bar = 0; bar < _scores.Length; bar++)
        {
            _scores[bar] = bar < SignalRules.WarmUp ? double.NaN : ScoreOf(_columns[bar]);
        }
    }

    /// <summary>The prices that were read.</summary>
    public PriceHistory History { get; }

    /// <summary>When a score triggers.</summary>
    public SignalRules Rules { get; }

    /// <summary>-1 (down) to 1 (up); NaN before <see cref="SignalRules.WarmUp"/> bars.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>What was read at a bar.</summary>
    /// <param name="bar">Its index.</param>
    public SignalReading ReadingAt(int bar) => _columns[bar];

    /// <summary>
    /// The direction in which the score crossed the threshold with this bar: it is there now, and was not at the bar
    /// before. Null where it did not, or the prices do not move.
    /// </summary>
    /// <param name="bar">Its index.</param>
    public SignalDirection? TriggerAt(int bar)
    {
        if (bar < 1)
        {
            return null;
        }

        var (before, now) = (_scores[bar - 1], _scores[bar]);
        SignalDirection? crossed =
            now >= Rules.Threshold && before < Rules.Threshold ? SignalDirection.Long
            : now <= -Rules.Threshold && before > -Rules.Threshold ? SignalDirection.Short
            : null;
        return crossed is not null && _columns[bar].Atr > 0 ? crossed : null;
    }

    /// <summary>The prices of a signal at a bar: entry at its close, stop and target in ATRs from there.</summary>
    /// <param name="bar">Its index.</param>
    /// <param name="direction">The direction.</param>
    /// <returns>The plan, or null where the stop or the target would not be above zero.</returns>
    public SignalPlan? PlanAt(int bar, SignalDirection direction)
    {
        var (entry, atr, side) = (History.Close.Span[bar], _columns[bar].Atr, (int)direction);
        var stop = entry - (side * Rules.StopAtr * atr);
        var target = entry + (side * Rules.TargetAtr * atr);
        return stop > 0 && target > 0 ? new SignalPlan(direction, entry, target, stop, Rules.ExpiryBars) : null;
    }

    private static double ScoreOf(in SignalReading reading) =>
        SignalComponents.Of(in reading).Score(RegimeWeights.Of(reading.Regime));
}

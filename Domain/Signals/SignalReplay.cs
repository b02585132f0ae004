namespace Trading.Domain.Signals;

/// <summary>
/// Follows the signals of one instrument bar by bar, at most one active at a time: first the bar moves the active one,
/// then what triggers at its close is made, and one of the other direction ends what was active. A trigger in the
/// active one's own direction is passed over.
/// </summary>
public static class SignalReplay
{
    /// <summary>Bars of ATR that a close may be corrected by before its signal is withdrawn.</summary>
    public const double CorrectionAtr = 0.5;

    /// <summary>Follows a history.</summary>
    /// <param name="scores">The scores of the history.</param>
    /// <param name="first">The index of the first bar not yet followed.</param>
    /// <param name="active">
    /// The signal that is active when it begins; all of the history's bars after its own are taken, so that it does
    /// not matter how many were seen before. Null for none.
    /// </param>
    /// <param name="lapse">When signals end whose bars stay away; null for never.</param>
    /// <returns>What became of the active signal, and what was made.</returns>
    public static SignalHistory Run(SignalScores scores, int first, ActiveSignal? active, SignalLapse? lapse = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var past = new SignalBacktest(scores, lapse?.Of);
        var made = new List<FollowedSignal>();
        var life = active is null ? null : Resume(scores, first, active, lapse);
        var carried = life;
        for (var bar = first; bar < scores.History.Count; bar++)
        {
            life = life?.Take(SignalBacktest.BarAt(scores, bar)) is null ? life : null;
            if (SignalGenerator.At(scores, bar, past) is { } signal && life?.Plan.Direction != signal.Plan.Direction)
            {
                life?.TurnAround(signal.Time, signal.Plan.Entry);
                life = new SignalLife(signal.Plan, lapse?.Of(signal.Time));
                made.Add(new FollowedSignal(signal, life));
            }
        }

        if (lapse is not null)
        {
            life?.LapseBefore(lapse.Known);
        }

        return new SignalHistory(carried?.Resolution, made);
    }

    private static SignalLife? Resume(SignalScores scores, int first, ActiveSignal active, SignalLapse? lapse)
    {
        var life = new SignalLife(active.Plan, lapse?.Of(active.Time));
        var times = scores.History.Times.Span;
        var own = times.BinarySearch(active.Time);
        if (own < 0 || Math.Abs(scores.History.Close.Span[own] - active.Plan.Entry) > CorrectionAtr * active.Atr)
        {
            life.Withdraw(times.Length == 0 ? active.Time : times[^1]);
            return life;
        }

        for (var bar = own + 1; bar < first; bar++)
        {
            life.Take(SignalBacktest.BarAt(scores, bar));
        }

        return life;
    }
}

/// <summary>A signal that is active when a replay begins.</summary>
/// <param name="Time">The close of its bar, UTC.</param>
/// <param name="Plan">Its prices.</param>
/// <param name="Atr">The ATR at its bar.</param>
public sealed record ActiveSignal(DateTime Time, SignalPlan Plan, double Atr)
{
    /// <summary>The same signal for units from after a split.</summary>
    /// <param name="split">New units for one old; its prices are divided by it.</param>
    public ActiveSignal AfterSplit(double split) => new(Time, Plan.AfterSplit(split), Atr / split);
}

/// <summary>A signal and what became of it.</summary>
/// <param name="Signal">As it was made.</param>
/// <param name="Life">Its life, as far as the history goes.</param>
public sealed record FollowedSignal(TradingSignal Signal, SignalLife Life);

/// <summary>What a replay saw.</summary>
/// <param name="Carried">How the signal that was active at its beginning ended; null where it is active still.</param>
/// <param name="Made">The signals made, oldest first; only the last can be active.</param>
public sealed record SignalHistory(SignalResolution? Carried, IReadOnlyList<FollowedSignal> Made);

namespace Trading.Domain.Signals;

/// <summary>
/// Gives signals of the past the confidence that they would have been published with: from a curve fitted on those
/// alone that had resolved before, and fitted anew after every 250 more. What is then measured of them is out of time.
/// </summary>
public static class WalkForwardConfidence
{
    private const int RefitEvery = 250;

    /// <summary>The confidence of each signal; null where fewer than 500 had resolved.</summary>
    /// <param name="signals">The signals, by the time they were made.</param>
    /// <returns>A value for each, in their order, and the last curve.</returns>
    public static IReadOnlyList<double?> Assign(IReadOnlyList<DatedOutcome> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        var ended = signals.Where(signal => signal.Resolved is not null).OrderBy(signal => signal.Resolved).ToArray();
        var known = new List<ScoredOutcome>();
        var (curve, next) = ((ConfidenceCurve?)null, 0);
        var confidences = new double?[signals.Count];
        for (var index = 0; index < signals.Count; index++)
        {
            // A bar's signals are made when those that it ended are known.
            while (next < ended.Length && ended[next].Resolved <= signals[index].Made)
            {
                known.Add(ended[next++].Outcome);
            }

            if (known.Count >= (curve?.Count + RefitEvery ?? ConfidenceCurve.FewestSignals))
            {
                curve = ConfidenceCurve.Fit(known);
            }

            confidences[index] = curve?.At(signals[index].Outcome.RawScore);
        }

        return confidences;
    }
}

/// <summary>A signal, for calibration.</summary>
/// <param name="Made">The close of its bar, UTC.</param>
/// <param name="Resolved">When it ended, UTC; null while it is active, and where it does not count.</param>
/// <param name="Outcome">Its raw score, and whether it hit its target.</param>
public readonly record struct DatedOutcome(DateTime Made, DateTime? Resolved, ScoredOutcome Outcome);

namespace Trading.Domain.Signals;

/// <summary>How far published confidences were right.</summary>
/// <param name="Count">Resolved signals that were published with a calibrated confidence.</param>
/// <param name="HitShare">The share of them that hit their target.</param>
/// <param name="Brier">Mean squared difference of confidence and outcome (Brier, 1950); 0 is perfect.</param>
/// <param name="BrierOfShare">The same, had every confidence been the share of all; what is to be beaten.</param>
/// <param name="Bins">By confidence, as many signals in each.</param>
public sealed record Reliability(
    int Count, double HitShare, double Brier, double BrierOfShare, IReadOnlyList<ReliabilityBin> Bins)
{
    private const int BinCount = 10;

    /// <summary>Measures confidences.</summary>
    /// <param name="resolved">The confidence of each signal, and whether it hit its target.</param>
    /// <returns>The measures; null of nothing.</returns>
    public static Reliability? Of(IReadOnlyCollection<PublishedOutcome> resolved)
    {
        ArgumentNullException.ThrowIfNull(resolved);
        if (resolved.Count == 0)
        {
            return null;
        }

        var share = resolved.Average(outcome => outcome.Hit ? 1.0 : 0);
        var sorted = resolved.OrderBy(outcome => outcome.Confidence).ToArray();
        return new Reliability(
            sorted.Length,
            share,
            sorted.Average(outcome => Square(outcome.Confidence - (outcome.Hit ? 1 : 0))),
            sorted.Average(outcome => Square(share - (outcome.Hit ? 1 : 0))),
            [.. Enumerable.Range(0, BinCount).Select(bin => BinOf(sorted, bin)).Where(bin => bin.Observed.Count > 0)]);
    }

    private static ReliabilityBin BinOf(PublishedOutcome[] sorted, int bin)
    {
        var part = sorted[(bin * sorted.Length / BinCount)..((bin + 1) * sorted.Length / BinCount)];
        return new ReliabilityBin(
            part.Length == 0 ? 0 : part.Average(outcome => outcome.Confidence),
            ShareInterval.Of(part.Count(outcome => outcome.Hit), part.Length));
    }

    private static double Square(double value) => value * value;
}

/// <summary>Signals of about the same confidence.</summary>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Observed">The share that hit their target.</param>
public readonly record struct ReliabilityBin(double Confidence, ShareInterval Observed);

/// <summary>A resolved signal, for measuring.</summary>
/// <param name="Confidence">What it was published with.</param>
/// <param name="Hit">Whether it hit its target.</param>
public readonly record struct PublishedOutcome(double Confidence, bool Hit);

namespace Trading.Domain.Signals;

/// <summary>
/// From raw score to confidence: the share of resolved signals of about that score that hit their target. Isotonic
/// regression (pool adjacent violators; Ayer et al., 1955) over bins of equal count, each drawn towards the share of
/// all by 20 signals of that share, and straight lines between the bins' mean scores.
/// </summary>
/// <param name="Scores">The knots: raw scores, ascending.</param>
/// <param name="Shares">The confidence at each, never falling.</param>
/// <param name="Count">The resolved signals that it was fitted on.</param>
public sealed record ConfidenceCurve(IReadOnlyList<double> Scores, IReadOnlyList<double> Shares, int Count)
{
    /// <summary>Below as many resolved signals nothing is calibrated.</summary>
    public const int FewestSignals = 500;

    private const int Bins = 20;
    private const double PriorCount = 20;

    /// <summary>Fits a curve.</summary>
    /// <param name="resolved">Resolved signals: the raw score of each, and whether it hit its target.</param>
    /// <returns>The curve, or null below <see cref="FewestSignals"/>.</returns>
    public static ConfidenceCurve? Fit(IReadOnlyCollection<ScoredOutcome> resolved)
    {
        ArgumentNullException.ThrowIfNull(resolved);
        if (resolved.Count < FewestSignals)
        {
            return null;
        }

        var sorted = resolved.OrderBy(outcome => outcome.RawScore).ToArray();
        var all = (double)sorted.Count(outcome => outcome.Hit) / sorted.Length;
        var blocks = new List<Block>();
        for (var bin = 0; bin < Bins; bin++)
        {
            Pool(blocks, BlockOf(sorted.AsSpan((bin * sorted.Length / Bins)..((bin + 1) * sorted.Length / Bins)), all));
        }

        return new ConfidenceCurve(
            [.. blocks.Select(block => block.Score)], [.. blocks.Select(block => block.Share)], sorted.Length);
    }

    /// <summary>The confidence of a raw score; beyond the ends that of the end.</summary>
    /// <param name="rawScore">0 to 1.</param>
    public double At(double rawScore)
    {
        var next = 0;
        while (next < Scores.Count && Scores[next] < rawScore)
        {
            next++;
        }

        if (next == 0 || next == Scores.Count)
        {
            return Shares[Math.Min(next, Scores.Count - 1)];
        }

        var part = (rawScore - Scores[next - 1]) / (Scores[next] - Scores[next - 1]);
        return Shares[next - 1] + (part * (Shares[next] - Shares[next - 1]));
    }

    private static Block BlockOf(ReadOnlySpan<ScoredOutcome> bin, double all)
    {
        var (score, hits) = (0.0, PriorCount * all);
        foreach (var outcome in bin)
        {
            score += outcome.RawScore;
            hits += outcome.Hit ? 1 : 0;
        }

        return new Block(score / bin.Length, hits / (bin.Length + PriorCount), bin.Length);
    }

    private static void Pool(List<Block> blocks, Block next)
    {
        while (blocks.Count > 0 && blocks[^1].Share >= next.Share)
        {
            var last = blocks[^1];
            blocks.RemoveAt(blocks.Count - 1);
            var weight = last.Weight + next.Weight;
            next = new Block(
                ((last.Score * last.Weight) + (next.Score * next.Weight)) / weight,
                ((last.Share * last.Weight) + (next.Share * next.Weight)) / weight,
                weight);
        }

        blocks.Add(next);
    }

    private readonly record struct Block(double Score, double Share, double Weight);
}

/// <summary>A resolved signal, for calibration.</summary>
/// <param name="RawScore">0 to 1.</param>
/// <param name="Hit">Whether it hit its target.</param>
public readonly record struct ScoredOutcome(double RawScore, bool Hit);

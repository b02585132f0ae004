using Trading.Domain.Market;

namespace Trading.Domain.Quality;

/// <summary>
/// Finds changes of price that a source may have made up, and says which mistake each looks like. How wide an
/// instrument's changes are is measured by the median absolute deviation, which the jumps themselves do not widen.
/// </summary>
internal sealed class PriceJumps(CorporateAction[] splits)
{
    // Scales the median absolute deviation to a standard deviation where changes are normal (Hampel 1974).
    private const double Scale = 1.4826;
    private const double Deviations = 10;
    private const double SmallestDeviation = 0.005;
    private const double SmallestJump = 0.18;
    private const double SmallestSplit = 0.35;
    private const double Tolerance = 0.1;
    private const double UsualTolerance = 0.05;
    private const double UnitTolerance = 0.2;
    private const int NearInDays = 10;

    private static readonly double _hundred = Math.Log(100);
    private static readonly double[] _usual =
        [.. new[] { 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50 }.Select(ratio => Math.Log(ratio))];

    public void Find(ReadOnlySpan<SessionPrice> bars, List<Finding> findings)
    {
        var changes = new double[Math.Max(bars.Length, 1)];
        for (var bar = 1; bar < bars.Length; bar++)
        {
            changes[bar] = Change(bars[bar - 1], bars[bar], bars[bar].Close);
        }

        var widest = Math.Max(SmallestJump, Deviations * Deviation(changes.AsSpan(1)));
        for (var bar = 1; bar < bars.Length; bar++)
        {
            var change = changes[bar];
            if (Math.Abs(change) < SmallestJump || KindOf(bars, changes, bar, widest) is not { } kind)
            {
                continue;
            }

            findings.Add(Finding.Of(kind, bars[bar].Session, Math.Exp(change)));
            bar += kind == FindingKind.Spike ? 1 : 0;
        }
    }

    private FindingKind? KindOf(ReadOnlySpan<SessionPrice> bars, double[] changes, int bar, double widest)
    {
        var change = changes[bar];
        if (Math.Abs(Math.Abs(change) - _hundred) < UnitTolerance)
        {
            return FindingKind.UnitError;
        }

        if (IsOfSplitNear(bars[bar].Session, change))
        {
            return FindingKind.SplitMisdated;
        }

        if (Math.Abs(change) < widest)
        {
            return null;
        }

        if (bar + 1 < bars.Length && Math.Abs(change + changes[bar + 1]) < Math.Abs(change) / 4)
        {
            return FindingKind.Spike;
        }

        var opened = Change(bars[bar - 1], bars[bar], bars[bar].Open);
        return Math.Abs(change) >= SmallestSplit && IsUsual(change) && IsUsual(opened)
            ? FindingKind.SplitSuspected
            : FindingKind.Outlier;
    }

    /// <summary>The log change from a close to a price of the next bar, splits between them undone.</summary>
    private double Change(in SessionPrice before, in SessionPrice next, double price)
    {
        if (next.Session.DayNumber - before.Session.DayNumber > JumpGuard.LongestGapInDays)
        {
            return 0;
        }

        var change = Math.Log(price / before.Close);
        foreach (var split in splits)
        {
            if (split.ExDate > before.Session && split.ExDate <= next.Session)
            {
                // Files differ in whether their prices are adjusted already: the smaller jump tells.
                var undone = change + Math.Log(split.Value);
                change = Math.Abs(undone) < Math.Abs(change) ? undone : change;
            }
        }

        return change;
    }

    private bool IsOfSplitNear(DateOnly session, double change) => splits.Any(split =>
        Math.Abs(split.ExDate.DayNumber - session.DayNumber) <= NearInDays
        && Math.Abs(change + Math.Log(split.Value)) < Tolerance);

    private static bool IsUsual(double change) =>
        _usual.Any(split => Math.Abs(Math.Abs(change) - split) < UsualTolerance);

    private static double Deviation(ReadOnlySpan<double> changes)
    {
        if (changes.IsEmpty)
        {
            return SmallestDeviation;
        }

        var sorted = changes.ToArray();
        var median = Median(sorted);
        for (var change = 0; change < sorted.Length; change++)
        {
            sorted[change] = Math.Abs(sorted[change] - median);
        }

        return Math.Max(SmallestDeviation, Scale * Median(sorted));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}

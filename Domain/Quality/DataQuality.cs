using Trading.Domain.Market;

namespace Trading.Domain.Quality;

/// <summary>Looks through an instrument's daily bars for what a source may have got wrong.</summary>
/// <remarks>
/// The rules: a change is a jump from 18 % (log) on. It is named a unit error within 20 % of a hundredfold, and a misdated
/// split where a known split within ten days has its ratio within 10 %. From ten robust standard deviations on (Hampel's
/// identifier) it is a spike where the next session takes three quarters of it back, a suspected split where both open
/// and close moved by the ratio of a usual split within 5 %, and else an outlier. Splits on their own day are undone
/// before.
/// </remarks>
public static class DataQuality
{
    /// <summary>Inspects the bars.</summary>
    /// <param name="bars">One instrument's daily bars, in order of session, each session once.</param>
    /// <param name="sessions">The sessions that the exchange held from the first bar to the last, in order.</param>
    /// <param name="actions">The instrument's corporate actions, in any order.</param>
    /// <returns>What was found, by first session.</returns>
    public static IReadOnlyList<Finding> Inspect(
        ReadOnlySpan<SessionPrice> bars, ReadOnlySpan<DateOnly> sessions, IEnumerable<CorporateAction> actions)
    {
        var findings = new List<Finding>();
        CorporateAction[] splits = [.. actions.Where(action => action.Kind == CorporateActionKind.Split)];
        SessionGaps.Find(bars, sessions, findings);
        FlatRuns.Find(bars, findings);
        new PriceJumps(splits).Find(bars, findings);
        return [.. findings.OrderBy(finding => finding.First).ThenBy(finding => finding.Kind)];
    }
}

using System.Runtime.InteropServices;

namespace Trading.Domain.Strategies;

/// <summary>
/// Finds out whether a strategy looks ahead: what it decides knowing only the first bars must be, bit for bit, what it
/// decides at these bars knowing all. Histories are cut where most would show: right after bars with actions, as one
/// who peeked could not have known, after the first few bars, and evenly in between.
/// </summary>
public static class LookAheadCheck
{
    /// <summary>Bars that are looked at; of longer histories only the first.</summary>
    public const int MostBars = 20_000;

    private const int EvenCuts = 8;
    private const int CutsAtActions = 12;

    /// <summary>Runs the check.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="history">The prices to try it on.</param>
    /// <param name="arguments">A value for each parameter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The first decision that changed; null where none did.</returns>
    /// <exception cref="ArgumentException">An argument is missing, or not allowed.</exception>
    public static LookAheadFinding? Run(
        ITradingStrategy strategy,
        PriceHistory history,
        ReadOnlySpan<double> arguments,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(history);
        var tried = history.Slice(0, Math.Min(history.Count, MostBars));
        var whole = strategy.Decide(tried, arguments, cancellationToken);
        foreach (var known in Cuts(whole, tried.Count))
        {
            var part = strategy.Decide(tried.Slice(0, known), arguments, cancellationToken);
            if (Compare(part, whole, known) is { } finding)
            {
                return finding;
            }
        }

        return null;
    }

    private static SortedSet<int> Cuts(StrategyDecisions whole, int count)
    {
        var cuts = new SortedSet<int>();
        for (var cut = 1; cut <= EvenCuts; cut++)
        {
            cuts.Add((int)((long)count * cut / (EvenCuts + 1)));
        }

        for (var cut = 1; cut < count; cut *= 2)
        {
            cuts.Add(cut);
        }

        var acted = Enumerable.Range(0, whole.Actions.Length)
            .Where(bar => whole.Actions.Span[bar] != StrategyAction.None).ToArray();
        for (var cut = 0; cut < Math.Min(CutsAtActions, acted.Length); cut++)
        {
            cuts.Add(acted[(int)((long)acted.Length * cut / CutsAtActions)] + 1);
        }

        cuts.Remove(count);
        return cuts;
    }

    private static LookAheadFinding? Compare(StrategyDecisions part, StrategyDecisions whole, int known)
    {
        if (part.Actions.Length != known)
        {
            return new(0, known, "number of bars");
        }

        if (part.ExpiryBars != whole.ExpiryBars || part.Size != whole.Size)
        {
            return new(0, known, "size or expiry");
        }

        var actions = part.Actions.Span.CommonPrefixLength(whole.Actions.Span);
        return actions < known
            ? new(actions, known, "action")
            : Compare(part.StopDistance, whole.StopDistance, known, "stop")
                ?? Compare(part.TargetDistance, whole.TargetDistance, known, "target");
    }

    private static LookAheadFinding? Compare(
        ReadOnlyMemory<double> part, ReadOnlyMemory<double> whole, int known, string what)
    {
        if (part.IsEmpty && whole.IsEmpty)
        {
            return null;
        }

        // Bits, so that NaN equals itself, and 0 not -0.
        var bar = MemoryMarshal.Cast<double, long>(part.Span)
            .CommonPrefixLength(MemoryMarshal.Cast<double, long>(whole.Span));
        return bar < known ? new(bar, known, what) : null;
    }
}

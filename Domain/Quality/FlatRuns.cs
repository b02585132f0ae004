namespace Trading.Domain.Quality;

/// <summary>Finds sessions in a row at one price without volume.</summary>
internal static class FlatRuns
{
    private const int Shortest = 5;

    public static void Find(ReadOnlySpan<SessionPrice> bars, List<Finding> findings)
    {
        var first = 0;
        for (var bar = 1; bar <= bars.Length; bar++)
        {
            if (bar < bars.Length && IsIdle(bars[bar]) && IsIdle(bars[first]) && bars[bar].Close == bars[first].Close)
            {
                continue;
            }

            if (bar - first >= Shortest)
            {
                findings.Add(new Finding(
                    FindingKind.Flat, bars[first].Session, bars[bar - 1].Session, bar - first, null));
            }

            first = bar;
        }
    }

    private static bool IsIdle(in SessionPrice bar) => bar.Volume == 0;
}

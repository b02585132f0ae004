namespace Trading.Domain.Quality;

/// <summary>Compares the sessions that have a bar with those that the exchange held.</summary>
internal static class SessionGaps
{
    public static void Find(ReadOnlySpan<SessionPrice> bars, ReadOnlySpan<DateOnly> sessions, List<Finding> findings)
    {
        var bar = 0;
        var gap = default(Finding);
        foreach (var session in sessions)
        {
            for (; bar < bars.Length && bars[bar].Session < session; bar++)
            {
                findings.Add(Finding.Of(FindingKind.OffCalendar, bars[bar].Session));
            }

            if (bar < bars.Length && bars[bar].Session == session)
            {
                Close(ref gap, findings);
                bar++;
            }
            else if (bar > 0 && bar < bars.Length)
            {
                gap = gap.Sessions == 0
                    ? Finding.Of(FindingKind.MissingSessions, session)
                    : gap with { Last = session, Sessions = gap.Sessions + 1 };
            }
        }

        for (; bar < bars.Length; bar++)
        {
            findings.Add(Finding.Of(FindingKind.OffCalendar, bars[bar].Session));
        }

        Close(ref gap, findings);
    }

    private static void Close(ref Finding gap, List<Finding> findings)
    {
        if (gap.Sessions > 0)
        {
            findings.Add(gap);
            gap = default;
        }
    }
}

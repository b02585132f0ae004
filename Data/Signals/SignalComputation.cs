using Trading.Domain.Market;
using Trading.Domain.Signals;
using Trading.Domain.Strategies;

namespace Trading.Data.Signals;

/// <summary>Follows one instrument's new bars; touches nothing else, so instruments go side by side.</summary>
internal static class SignalComputation
{
    public static SignalChanges Run(
        DueInstrument instrument, PriceHistory history, ActiveRow? active, DateTime liveSince)
    {
        var first = FirstNew(history, instrument.Followed);
        var scores = new SignalScores(history, SignalRules.Default);
        var followed = SignalReplay.Run(scores, first, active?.Signal);
        return new SignalChanges(
            instrument,
            active,
            followed.Carried,
            [
                .. followed.Made.Select(one => new NewSignal(
                    Guid.CreateVersion7(one.Signal.Time), one.Signal, one.Life.Resolution, one.Signal.Time < liveSince)),
            ],
            AnomalyDetector.Find(history, first));
    }

    /// <summary>When its last bar closes if no session is missed.</summary>
    public static DateTime ExpiryOf(DateTime time, BarInterval interval, int bars, string exchange)
    {
        if (!interval.IsDaily || exchange == "CRYPTO")
        {
            return time + (interval.Length * bars);
        }

        for (var left = bars; left > 0;)
        {
            time = time.AddDays(1);
            left -= time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return time;
    }

    private static int FirstNew(PriceHistory history, DateTime? followed)
    {
        if (followed is not { } last)
        {
            return 0;
        }

        var place = history.Times.Span.BinarySearch(last);
        return place < 0 ? ~place : place + 1;
    }
}

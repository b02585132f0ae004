using Trading.Data.Bars;
using Trading.Domain.Calendars;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;
using Trading.Domain.Signals;
using Trading.Domain.Strategies;

namespace Trading.Data.Signals;

/// <summary>Follows one instrument's new bars; touches nothing else, so instruments go side by side.</summary>
internal static class SignalComputation
{
    public static SignalChanges Run(
        DueInstrument instrument,
        PriceColumns bars,
        IEnumerable<CorporateAction> actions,
        IEnumerable<PriceBasis> bases,
        ActiveRow? active,
        SignalWindow window)
    {
        var exchange = instrument.Listed;
        CorporateAction[] splits = [.. actions.Where(action => action.Kind == CorporateActionKind.Split)];
        SplitAdjustment.Apply(bars, splits, exchange, bases);
        var since = active is null ? 1 : SplitSince(active.Signal, bars, splits, exchange);
        var history = bars.ToHistory();
        var first = FirstNew(history, instrument.Followed);
        var scores = new SignalScores(history, SignalRules.Default);
        var followed = SignalReplay.Run(
            scores, first, active?.Signal.AfterSplit(since), window.LapseOn(exchange));
        return new SignalChanges(
            instrument,
            active,
            followed.Carried?.BeforeSplit(since),
            [
                .. followed.Made.Select(one => new NewSignal(
                    Guid.CreateVersion7(one.Signal.Time), one.Signal, one.Life.Resolution, one.Signal.Time < window.LiveSince)),
            ],
            AnomalyDetector.Find(history, first));
    }

    /// <summary>When its last bar closes if no session is missed.</summary>
    public static DateTime ExpiryOf(DateTime time, BarInterval interval, int bars, string exchange)
    {
        if (!interval.IsDaily || !Exchange.TryFind(exchange, out var listed))
        {
            return time + (interval.Length * bars);
        }

        var calendar = TradingCalendar.Of(listed);
        return calendar.CloseOf(calendar.Add(calendar.DateAt(time.AddTicks(-1)), bars));
    }

    /// <summary>
    /// New units for one of those that a signal was published in. A signal made of prices that had the split in them
    /// already stays as it is: its entry is its bar's close without any division.
    /// </summary>
    private static double SplitSince(
        ActiveSignal active, PriceColumns bars, CorporateAction[] splits, Exchange exchange)
    {
        var own = Array.BinarySearch(bars.Times, active.Time);
        var (after, until) = (exchange.DateAt(active.Time.AddTicks(-1)), exchange.DateAt(bars.Times[^1].AddTicks(-1)));
        var split = splits.Where(each => each.ExDate > after && each.ExDate <= until)
            .Aggregate(1.0, (product, each) => product * each.Value);
        return own >= 0 && SplitJump.IsInPrices(active.Plan.Entry, bars.Close[own], split) ? split : 1;
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

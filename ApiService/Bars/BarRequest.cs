using System.Globalization;
using Trading.ApiService.Edge;
using Trading.ApiService.Instruments;
using Trading.Contracts;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.ApiService.Bars;

/// <summary>A request for bars that has been checked.</summary>
/// <param name="List">Names the list for its cursors.</param>
internal sealed record BarRequest(
    string List,
    BarInterval Interval,
    DateTime? From,
    DateTime? To,
    DateTime? After,
    int Limit,
    PriceAdjustment Adjust)
{
    private static readonly PageLimit _limit = new(Default: 1000, Max: 10_000);

    /// <summary>Checks what a client asked for.</summary>
    /// <returns>The problem; null where there is none.</returns>
    public static ApiProblem? Read(BarParameters asked, Instrument instrument, out BarRequest request)
    {
        request = null!;
        var sessions = new SessionDates(instrument.Exchange);
        var problems = new QueryProblems();
        problems.Add("interval", ReadInterval(asked.Interval ?? BarInterval.OneDay.Code, out var interval));
        problems.Add("adjust", ReadAdjust(asked.Adjust, out var adjust));
        problems.Add("from", BarTime.Read("from", asked.From, out var from));
        problems.Add("to", BarTime.Read("to", asked.To, out var to));
        problems.Add("limit", _limit.Read(asked.Limit, out var limit));
        if (problems.Problem is { } problem)
        {
            return problem;
        }

        DateTime? first = from is not { } start ? null : start.Session is { } day ? sessions.FirstCloseOf(day) : start.Instant;
        DateTime? last = to is not { } end ? null : end.Session is { } date ? sessions.LastCloseOf(date) : end.Instant;
        if (first > last)
        {
            return ApiProblem.SwappedRange();
        }

        var list = string.Create(
            CultureInfo.InvariantCulture, $"bars|{instrument.Ticker}|{interval.Code}|{first?.Ticks}|{last?.Ticks}");
        list += adjust == PriceAdjustment.None ? "" : $"|{adjust}";
        DateTime? after = null;
        if (asked.Cursor is not null && !TryReadCursor(list, asked.Cursor, out after))
        {
            return ApiProblem.InvalidCursor();
        }

        request = new BarRequest(list, interval, first, last, after, limit, adjust);
        return null;
    }

    public string CursorAfter(Bar last) =>
        Cursor.After(List, last.Time.Ticks.ToString(CultureInfo.InvariantCulture));

    private static ApiProblem? ReadInterval(string code, out BarInterval interval)
    {
        var isKnown = BarInterval.TryParse(code, out var known);
        interval = known ?? BarInterval.OneDay;
        return isKnown ? null : ApiProblem.UnknownInterval();
    }

    private static ApiProblem? ReadAdjust(string? text, out PriceAdjustment adjust)
    {
        adjust = text switch
        {
            "split" => PriceAdjustment.Split,
            "total" => PriceAdjustment.Total,
            _ => PriceAdjustment.None,
        };
        return text is null or "none" || adjust != PriceAdjustment.None
            ? null
            : ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "adjust is none, split or total.");
    }

    private static bool TryReadCursor(string list, string cursor, out DateTime? after)
    {
        after = null;
        if (!Cursor.TryRead(list, cursor, out var text)
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        after = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }
}

namespace Trading.Domain.Calendars;

/// <summary>New York Stock Exchange and Nasdaq.</summary>
/// <remarks>
/// NYSE Rule 7.2, the holiday lists at nyse.com/markets/hours-calendars, and for the past "NYSE Special Closings since
/// 1885". Regular hours are those since 30 September 1985; earlier sessions began at 10:00.
/// </remarks>
internal sealed class NewYorkRules : CalendarRules
{
    private static readonly TimeSpan _close = new(16, 0, 0);
    private static readonly TimeSpan _earlyClose = new(13, 0, 0);

    private static readonly MarketHoliday[] _closures =
    [
        new(new(1980, 11, 4), "Presidential election"),
        new(new(1985, 9, 27), "Hurricane Gloria"),
        new(new(1994, 4, 27), "Mourning for Richard Nixon"),
        new(new(2001, 9, 11), "Attacks of September 11"),
        new(new(2001, 9, 12), "Attacks of September 11"),
        new(new(2001, 9, 13), "Attacks of September 11"),
        new(new(2001, 9, 14), "Attacks of September 11"),
        new(new(2004, 6, 11), "Mourning for Ronald Reagan"),
        new(new(2007, 1, 2), "Mourning for Gerald Ford"),
        new(new(2012, 10, 29), "Hurricane Sandy"),
        new(new(2012, 10, 30), "Hurricane Sandy"),
        new(new(2018, 12, 5), "Mourning for George H. W. Bush"),
        new(new(2025, 1, 9), "Mourning for Jimmy Carter"),
    ];

    // Decided year by year.
    private static readonly EarlyClose[] _earlyCloses =
    [
        new(new(1997, 12, 26), _earlyClose, "Day after Christmas"),
        new(new(1999, 12, 31), _earlyClose, NewYearsEve),
        new(new(2003, 12, 26), _earlyClose, "Day after Christmas"),
    ];

    public override IReadOnlyList<MarketHours> Hours { get; } =
    [
        new(DateOnly.MinValue, new TimeSpan(10, 0, 0), _close),
        new(new DateOnly(1985, 9, 30), new TimeSpan(9, 30, 0), _close),
    ];

    public override IEnumerable<MarketHoliday> Holidays(YearDates year)
    {
        // A New Year's Day on a Saturday is not made up for: the Friday ends a month and a year.
        yield return new(YearDates.SundayToMonday(year.On(1, 1)), NewYear);
        if (year.Year >= 1998)
        {
            yield return new(year.Nth(3, DayOfWeek.Monday, 1), "Martin Luther King Jr. Day");
        }

        yield return new(year.Nth(3, DayOfWeek.Monday, 2), "Washington's Birthday");
        yield return new(year.Easter.AddDays(-2), GoodFriday);
        yield return new(year.Last(DayOfWeek.Monday, 5), "Memorial Day");
        if (year.Year >= 2022)
        {
            yield return new(YearDates.Nearest(year.On(6, 19)), "Juneteenth");
        }

        yield return new(YearDates.Nearest(year.On(7, 4)), "Independence Day");
        yield return new(year.Nth(1, DayOfWeek.Monday, 9), "Labor Day");
        yield return new(year.Nth(4, DayOfWeek.Thursday, 11), "Thanksgiving");
        yield return new(YearDates.Nearest(year.On(12, 25)), Christmas);
        foreach (var closure in ClosuresOf(year, _closures))
        {
            yield return closure;
        }
    }

    public override IEnumerable<EarlyClose> EarlyCloses(YearDates year)
    {
        // They were at 14:00 until 1992.
        var close = year.Year >= 1993 ? _earlyClose : new TimeSpan(14, 0, 0);
        var decided = _earlyCloses.Where(early => early.Date.Year == year.Year);
        if (AroundIndependenceDay(year) is { } july)
        {
            decided = decided.Append(new EarlyClose(july, close, "Independence Day"));
        }

        if (year.Year >= 1992)
        {
            var thanksgiving = year.Nth(4, DayOfWeek.Thursday, 11);
            decided = decided.Append(new EarlyClose(thanksgiving.AddDays(1), close, "Day after Thanksgiving"));
        }

        // On a Friday it is the holiday of a Christmas on Saturday.
        return decided.Append(new EarlyClose(year.On(12, 24), close, ChristmasEve));
    }

    // Before a Thursday it was the Friday after it until 2012.
    private static DateOnly? AroundIndependenceDay(YearDates year) => year.On(7, 4).DayOfWeek switch
    {
        _ when year.Year < 1995 => null,
        DayOfWeek.Tuesday or DayOfWeek.Wednesday or DayOfWeek.Friday => year.On(7, 3),
        DayOfWeek.Thursday => year.Year < 2013 ? year.On(7, 5) : year.On(7, 3),
        _ => null,
    };
}

namespace Trading.Domain.Calendars;

/// <summary>Xetra in Frankfurt. What falls on a weekend is not made up for.</summary>
/// <remarks>
/// Trading calendars of Deutsche Börse. Whit Monday was a holiday in 2007 and 2015 to 2021, the Day of German Unity
/// from 2014 to 2021. Xetra traded until 20:00 from 2 June 2000 to 31 October 2003.
/// </remarks>
internal sealed class XetraRules : CalendarRules
{
    private static readonly TimeSpan _open = new(9, 0, 0);
    private static readonly TimeSpan _close = new(17, 30, 0);
    private static readonly TimeSpan _earlyClose = new(14, 0, 0);

    public override IReadOnlyList<MarketHours> Hours { get; } =
    [
        new(DateOnly.MinValue, _open, _close),
        new(new DateOnly(2000, 6, 2), _open, new TimeSpan(20, 0, 0)),
        new(new DateOnly(2003, 11, 3), _open, _close),
    ];

    public override IEnumerable<MarketHoliday> Holidays(YearDates year)
    {
        yield return new(year.On(1, 1), NewYear);
        yield return new(year.Easter.AddDays(-2), GoodFriday);
        yield return new(year.Easter.AddDays(1), EasterMonday);
        yield return new(year.On(5, 1), LabourDay);
        if (year.Year is 2007 or (>= 2015 and <= 2021))
        {
            yield return new(year.Easter.AddDays(50), "Whit Monday");
        }

        if (year.Year is >= 2014 and <= 2021)
        {
            yield return new(year.On(10, 3), "Day of German Unity");
        }

        if (year.Year == 2017)
        {
            yield return new(year.On(10, 31), "Reformation Day");
        }

        yield return new(year.On(12, 24), ChristmasEve);
        yield return new(year.On(12, 25), Christmas);
        yield return new(year.On(12, 26), "St Stephen's Day");
        yield return new(year.On(12, 31), NewYearsEve);
    }

    public override IEnumerable<EarlyClose> EarlyCloses(YearDates year)
    {
        if (year.Year >= 2010)
        {
            var last = YearDates.ToFriday(year.On(12, 30));
            yield return new(last, _earlyClose, "Last session of the year");
        }
    }
}

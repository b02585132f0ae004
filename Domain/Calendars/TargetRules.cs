namespace Trading.Domain.Calendars;

/// <summary>The days on which the European Central Bank publishes reference rates.</summary>
/// <remarks>Closing days of TARGET since its third year, ECB decision of 14 December 2000; 1999 had its own.</remarks>
internal sealed class TargetRules : CalendarRules
{
    // The time that the rates are known by, not the length of a session.
    public override IReadOnlyList<MarketHours> Hours { get; } =
        MarketHours.Always(new TimeSpan(7, 0, 0), new TimeSpan(16, 0, 0));

    public override IEnumerable<MarketHoliday> Holidays(YearDates year)
    {
        yield return new(year.On(1, 1), NewYear);
        yield return new(year.On(12, 25), Christmas);
        if (year.Year >= 2000)
        {
            yield return new(year.Easter.AddDays(-2), GoodFriday);
            yield return new(year.Easter.AddDays(1), EasterMonday);
            yield return new(year.On(5, 1), LabourDay);
            yield return new(year.On(12, 26), "Second day of Christmas");
        }

        if (year.Year is 1999 or 2001)
        {
            yield return new(year.On(12, 31), NewYearsEve);
        }
    }
}

namespace Trading.Domain.Calendars;

/// <summary>Toronto Stock Exchange.</summary>
/// <remarks>Holidays and trading hours at tsx.com.</remarks>
internal sealed class TorontoRules : CalendarRules
{
    private static readonly MarketHoliday[] _closures =
    [
        new(new(2001, 9, 11), "Attacks of September 11"),
        new(new(2001, 9, 12), "Attacks of September 11"),
    ];

    public override IReadOnlyList<MarketHours> Hours { get; } =
        MarketHours.Always(new TimeSpan(9, 30, 0), new TimeSpan(16, 0, 0));

    public override IEnumerable<MarketHoliday> Holidays(YearDates year)
    {
        yield return new(YearDates.ToMonday(year.On(1, 1)), NewYear);
        if (year.Year >= 2008)
        {
            yield return new(year.Nth(3, DayOfWeek.Monday, 2), "Family Day");
        }

        yield return new(year.Easter.AddDays(-2), GoodFriday);
        yield return new(YearDates.LastBy(DayOfWeek.Monday, year.On(5, 24)), "Victoria Day");
        yield return new(YearDates.ToMonday(year.On(7, 1)), "Canada Day");
        yield return new(year.Nth(1, DayOfWeek.Monday, 8), "Civic Holiday");
        yield return new(year.Nth(1, DayOfWeek.Monday, 9), "Labour Day");
        yield return new(year.Nth(2, DayOfWeek.Monday, 10), "Thanksgiving");
        foreach (var holiday in ChristmasAndBoxingDay(year).Concat(ClosuresOf(year, _closures)))
        {
            yield return holiday;
        }
    }

    public override IEnumerable<EarlyClose> EarlyCloses(YearDates year)
    {
        if (year.Year >= 2010)
        {
            yield return new(year.On(12, 24), new TimeSpan(13, 0, 0), ChristmasEve);
        }
    }
}

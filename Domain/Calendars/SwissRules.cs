namespace Trading.Domain.Calendars;

/// <summary>SIX Swiss Exchange. What falls on a weekend is not made up for, and there are no early closes.</summary>
/// <remarks>Trading calendar at six-group.com.</remarks>
internal sealed class SwissRules : CalendarRules
{
    public override IReadOnlyList<MarketHours> Hours { get; } =
        MarketHours.Always(new TimeSpan(9, 0, 0), new TimeSpan(17, 30, 0));

    public override IEnumerable<MarketHoliday> Holidays(YearDates year) =>
    [
        new(year.On(1, 1), NewYear),
        new(year.On(1, 2), "Berchtold's Day"),
        new(year.Easter.AddDays(-2), GoodFriday),
        new(year.Easter.AddDays(1), EasterMonday),
        new(year.On(5, 1), LabourDay),
        new(year.Easter.AddDays(39), "Ascension Day"),
        new(year.Easter.AddDays(50), "Whit Monday"),
        new(year.On(8, 1), "Swiss National Day"),
        new(year.On(12, 24), ChristmasEve),
        new(year.On(12, 25), Christmas),
        new(year.On(12, 26), "St Stephen's Day"),
        new(year.On(12, 31), NewYearsEve),
    ];
}

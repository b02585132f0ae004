namespace Trading.Domain.Calendars;

/// <summary>London Stock Exchange: the bank holidays of England and Wales.</summary>
/// <remarks>gov.uk/bank-holidays and londonstockexchange.com, business days.</remarks>
internal sealed class LondonRules : CalendarRules
{
    private static readonly TimeSpan _earlyClose = new(12, 30, 0);

    private static readonly MarketHoliday[] _closures =
    [
        new(new(1981, 7, 29), "Royal wedding"),
        new(new(1999, 12, 31), "Millennium"),
        new(new(2002, 6, 3), "Golden Jubilee"),
        new(new(2011, 4, 29), "Royal wedding"),
        new(new(2012, 6, 5), "Diamond Jubilee"),
        new(new(2022, 6, 3), "Platinum Jubilee"),
        new(new(2022, 9, 19), "Funeral of Queen Elizabeth II"),
        new(new(2023, 5, 8), "Coronation of King Charles III"),
    ];

    public override IReadOnlyList<MarketHours> Hours { get; } =
        MarketHours.Always(new TimeSpan(8, 0, 0), new TimeSpan(16, 30, 0));

    public override IEnumerable<MarketHoliday> Holidays(YearDates year) =>
    [
        new(YearDates.ToMonday(year.On(1, 1)), NewYear),
        new(year.Easter.AddDays(-2), GoodFriday),
        new(year.Easter.AddDays(1), EasterMonday),
        new(EarlyMay(year), "Early May bank holiday"),
        new(Spring(year), "Spring bank holiday"),
        new(year.Last(DayOfWeek.Monday, 8), "Summer bank holiday"),
        .. ChristmasAndBoxingDay(year),
        .. ClosuresOf(year, _closures),
    ];

    // The last session before Christmas and before New Year; the latter was a holiday in 1999.
    public override IEnumerable<EarlyClose> EarlyCloses(YearDates year) =>
    [
        new(YearDates.ToFriday(year.On(12, 24)), _earlyClose, ChristmasEve),
        new(YearDates.ToFriday(year.On(12, 31)), _earlyClose, NewYearsEve),
    ];

    // 50 and 75 years after the end of the war in Europe.
    private static DateOnly EarlyMay(YearDates year) =>
        year.Year is 1995 or 2020 ? year.On(5, 8) : year.Nth(1, DayOfWeek.Monday, 5);

    private static DateOnly Spring(YearDates year) => year.Year switch
    {
        2002 => year.On(6, 4),
        2012 => year.On(6, 4),
        2022 => year.On(6, 2),
        _ => year.Last(DayOfWeek.Monday, 5),
    };
}

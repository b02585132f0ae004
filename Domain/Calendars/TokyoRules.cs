namespace Trading.Domain.Calendars;

/// <summary>Tokyo Stock Exchange: the public holidays of Japan, and 31 December to 3 January.</summary>
/// <remarks>
/// Act on National Holidays (Shukujitsu Ho, 1948, as amended to 2018), Cabinet Office list of holidays; trading hours
/// at jpx.co.jp. The last session of a year until 2008 and the first until 2009 had no afternoon.
/// </remarks>
internal sealed class TokyoRules : CalendarRules
{
    private static readonly TimeSpan _open = new(9, 0, 0);
    private static readonly TimeSpan _noon = new(11, 0, 0);
    private static readonly TimeSpan _breakTo = new(12, 30, 0);

    public override IReadOnlyList<MarketHours> Hours { get; } =
    [
        new(DateOnly.MinValue, _open, new TimeSpan(15, 0, 0), _noon, _breakTo),
        new(new DateOnly(2011, 11, 21), _open, new TimeSpan(15, 0, 0), new TimeSpan(11, 30, 0), _breakTo),
        new(new DateOnly(2024, 11, 5), _open, new TimeSpan(15, 30, 0), new TimeSpan(11, 30, 0), _breakTo),
    ];

    public override IEnumerable<MarketHoliday> Holidays(YearDates year)
    {
        yield return new(year.On(1, 2), "New Year's holiday");
        yield return new(year.On(1, 3), "New Year's holiday");
        yield return new(year.On(12, 31), "New Year's holiday");
        if (year.Year == 2020)
        {
            yield return new(year.On(10, 1), "Failure of the trading system");
        }

        foreach (var holiday in JapaneseHolidays.Of(year))
        {
            yield return holiday;
        }
    }

    public override IEnumerable<EarlyClose> EarlyCloses(YearDates year)
    {
        if (year.Year <= 2009)
        {
            var first = year.On(1, 4);
            while (YearDates.IsWeekend(first))
            {
                first = first.AddDays(1);
            }

            yield return new(first, _noon, "First session of the year");
        }

        if (year.Year <= 2008)
        {
            yield return new(YearDates.ToFriday(year.On(12, 30)), _noon, "Last session of the year");
        }
    }
}

namespace Trading.Domain.Calendars;

/// <summary>The national holidays of Japan, from 1980 on.</summary>
internal static class JapaneseHolidays
{
    /// <summary>Those named by law, those made up for a Sunday, and days between two of them.</summary>
    public static IEnumerable<MarketHoliday> Of(YearDates year)
    {
        var named = Named(year).DistinctBy(holiday => holiday.Date).ToDictionary(h => h.Date, h => h.Name);
        var all = new Dictionary<DateOnly, string>(named);
        foreach (var (date, name) in named.Where(holiday => holiday.Key.DayOfWeek == DayOfWeek.Sunday))
        {
            // Until 2006 it was the Monday and nothing else, also where that is a holiday itself.
            var madeUp = date.AddDays(1);
            while (year.Year >= 2007 && named.ContainsKey(madeUp))
            {
                madeUp = madeUp.AddDays(1);
            }

            all.TryAdd(madeUp, $"{name} (observed)");
        }

        foreach (var date in named.Keys.Select(date => date.AddDays(1)))
        {
            if (year.Year >= 1986 && named.ContainsKey(date.AddDays(1)))
            {
                all.TryAdd(date, "Citizens' holiday");
            }
        }

        return all.Select(holiday => new MarketHoliday(holiday.Key, holiday.Value));
    }

    private static IEnumerable<MarketHoliday> Named(YearDates year) =>
        FirstHalf(year).Concat(SecondHalf(year)).Concat(Emperors(year));

    private static IEnumerable<MarketHoliday> FirstHalf(YearDates year) =>
    [
        new(year.On(1, 1), "New Year's Day"),
        new(year.Year < 2000 ? year.On(1, 15) : year.Nth(2, DayOfWeek.Monday, 1), "Coming of Age Day"),
        new(year.On(2, 11), "National Foundation Day"),
        new(year.On(3, Equinox(year.Year, 20.8431)), "Vernal Equinox Day"),
        new(year.On(4, 29), year.Year switch
        {
            < 1989 => "Emperor's Birthday",
            < 2007 => "Greenery Day",
            _ => "Showa Day",
        }),
        new(year.On(5, 3), "Constitution Memorial Day"),
        .. year.Year < 2007 ? (MarketHoliday[])[] : [new(year.On(5, 4), "Greenery Day")],
        new(year.On(5, 5), "Children's Day"),
    ];

    private static IEnumerable<MarketHoliday> SecondHalf(YearDates year) =>
    [
        .. Summer(year),
        new(year.Year < 2003 ? year.On(9, 15) : year.Nth(3, DayOfWeek.Monday, 9), "Respect for the Aged Day"),
        new(year.On(9, Equinox(year.Year, 23.2488)), "Autumnal Equinox Day"),
        new(year.On(11, 3), "Culture Day"),
        new(year.On(11, 23), "Labour Thanksgiving Day"),
    ];

    // The Olympic games of Tokyo moved them twice.
    private static IEnumerable<MarketHoliday> Summer(YearDates year)
    {
        if (year.Year >= 1996)
        {
            yield return new(Moved(year, (7, 23), (7, 22)) ?? Marine(year), "Marine Day");
        }

        if (year.Year >= 2016)
        {
            yield return new(Moved(year, (8, 10), (8, 8)) ?? year.On(8, 11), "Mountain Day");
        }

        yield return new(
            Moved(year, (7, 24), (7, 23)) ?? Sports(year), year.Year < 2020 ? "Health and Sports Day" : "Sports Day");
    }

    private static DateOnly Marine(YearDates year) =>
        year.Year < 2003 ? year.On(7, 20) : year.Nth(3, DayOfWeek.Monday, 7);

    private static DateOnly Sports(YearDates year) =>
        year.Year < 2000 ? year.On(10, 10) : year.Nth(2, DayOfWeek.Monday, 10);

    private static DateOnly? Moved(YearDates year, (int Month, int Day) in2020, (int Month, int Day) in2021) =>
        year.Year switch
        {
            2020 => year.On(in2020.Month, in2020.Day),
            2021 => year.On(in2021.Month, in2021.Day),
            _ => null,
        };

    private static IEnumerable<MarketHoliday> Emperors(YearDates year) => year.Year switch
    {
        1989 => [new(year.On(2, 24), "Funeral of Emperor Showa"), new(year.On(12, 23), "Emperor's Birthday")],
        1990 => [new(year.On(11, 12), "Enthronement ceremony"), new(year.On(12, 23), "Emperor's Birthday")],
        1993 => [new(year.On(6, 9), "Wedding of the Crown Prince"), new(year.On(12, 23), "Emperor's Birthday")],
        2019 => [new(year.On(5, 1), "Accession Day"), new(year.On(10, 22), "Enthronement ceremony")],
        >= 2020 => [new(year.On(2, 23), "Emperor's Birthday")],
        > 1989 => [new(year.On(12, 23), "Emperor's Birthday")],
        _ => [],
    };

    // Day of March or September by the mean sun; good from 1980 to 2099 (Hydrographic Department of Japan).
    private static int Equinox(int year, double in1980) =>
        (int)(in1980 + (0.242194 * (year - 1980)) - ((year - 1980) / 4));
}

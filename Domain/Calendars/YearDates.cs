namespace Trading.Domain.Calendars;

/// <summary>Finds the dates of one year that rules speak of.</summary>
internal readonly struct YearDates(int year)
{
    public int Year => year;

    /// <summary>Easter Sunday of the Gregorian calendar.</summary>
    /// <remarks>Anonymous computus (Meeus, Jones, Butcher), "A New York correspondent", Nature, 20 April 1876.</remarks>
    public DateOnly Easter
    {
        get
        {
            var golden = year % 19;
            var (century, rest) = Math.DivRem(year, 100);
            var correction = (century - ((century + 8) / 25) + 1) / 3;
            var epact = ((19 * golden) + century - (century / 4) - correction + 15) % 30;
            var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
            var late = (golden + (11 * epact) + (22 * weekday)) / 451;
            var (month, day) = Math.DivRem(epact + weekday - (7 * late) + 114, 31);
            return new DateOnly(year, month, day + 1);
        }
    }

    public DateOnly On(int month, int day) => new(year, month, day);

    /// <summary>The first, second, ... of a weekday in a month.</summary>
    public DateOnly Nth(int number, DayOfWeek weekday, int month)
    {
        var first = On(month, 1);
        return first.AddDays(((weekday - first.DayOfWeek + 7) % 7) + (7 * (number - 1)));
    }

    public DateOnly Last(DayOfWeek weekday, int month) => LastBy(weekday, On(month, DateTime.DaysInMonth(year, month)));

    /// <summary>The last of a weekday on a date or before it.</summary>
    public static DateOnly LastBy(DayOfWeek weekday, DateOnly date) =>
        date.AddDays(-((date.DayOfWeek - weekday + 7) % 7));

    public static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>Saturday is kept on Friday, Sunday on Monday.</summary>
    public static DateOnly Nearest(DateOnly date) => date.DayOfWeek switch
    {
        DayOfWeek.Saturday => date.AddDays(-1),
        DayOfWeek.Sunday => date.AddDays(1),
        _ => date,
    };

    public static DateOnly SundayToMonday(DateOnly date) =>
        date.DayOfWeek == DayOfWeek.Sunday ? date.AddDays(1) : date;

    /// <summary>A weekend is kept on the Monday after it.</summary>
    public static DateOnly ToMonday(DateOnly date) => date.DayOfWeek switch
    {
        DayOfWeek.Saturday => date.AddDays(2),
        DayOfWeek.Sunday => date.AddDays(1),
        _ => date,
    };

    /// <summary>A weekend is brought forward to the Friday before it.</summary>
    public static DateOnly ToFriday(DateOnly date) => IsWeekend(date) ? LastBy(DayOfWeek.Friday, date) : date;
}
